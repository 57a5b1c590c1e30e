package dev.regularisation.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regularisation.backend.kit.Contract;
import dev.regularisation.backend.kit.Strictness;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The page "Certify your backend" and its project say what is true, and go on doing so. */
class CertifyYourBackendTest {

    private static final Path PAGE = Path.of("src", "docs", "certify-your-backend.md");
    private static final Path PROJECT = Path.of("src", "docs", "certify");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("The page's project compiles, its backend is found as a service and keeps the rules of operations to the bits")
    void exampleIsCertified() throws Exception {
        // Whole runs of such loops take several times as long as all operations together.
        Set<String> operations = new TreeSet<>(Contract.rules());
        operations.removeIf(rule -> rule.startsWith("training."));

        try (URLClassLoader example = compiled(UnaryOperator.identity())) {
            assertThat(Backends.all(example)).filteredOn(provider -> provider.name().equals("plain")).singleElement()
                    .satisfies(plain -> assertThat(violations(example, Strictness.BITS, operations)).isEmpty());
        }
    }

    @Test
    @DisplayName("The messages that the page shows are those of the mistakes that it describes")
    void messagesAreTrue() throws Exception {
        try (URLClassLoader zeros = compiled(source -> edit(source, "from == 0 ? to : to +", "to +"))) {
            assertThat(Files.readString(PAGE)).contains(
                    violations(zeros, Strictness.BITS, Set.of("addSign.definition")).toArray(String[]::new));
        }
        try (URLClassLoader twice = compiled(source -> edit(source,
                "sum = Math.fma(a.get(i, k, transposeA), b.get(k, j, transposeB), sum);",
                "sum += a.get(i, k, transposeA) * b.get(k, j, transposeB);"))) {
            assertThat(Files.readString(PAGE)).contains(
                    violations(twice, Strictness.BITS, Set.of("gemm.definition")).toArray(String[]::new));
            assertThat(violations(twice, Strictness.ROUNDING, Set.of("gemm.definition", "affine.definition"))).isEmpty();
        }
    }

    /** The backend with a mistake; the other sources as they are. */
    private static String edit(String source, String from, String to) {
        if (!source.contains("class PlainBackend")) {
            return source;
        }
        assertThat(source).containsOnlyOnce(from);
        return source.replace(from, to);
    }

    private static List<String> violations(ClassLoader example, Strictness strictness, Set<String> rules) {
        return Contract.violations(() -> {
            try {
                return (Backend) example.loadClass("org.example.plain.PlainBackend").getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }, strictness, rules);
    }

    /** The project's classes, each source changed, with its resources. */
    private URLClassLoader compiled(UnaryOperator<String> change) throws IOException {
        Path to = Files.createTempDirectory(folder, "classes");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-implicit:none", "-d", to.toString(), "-cp",
                Stream.of(Backend.class, Contract.class, Property.class).map(CertifyYourBackendTest::home)
                        .collect(Collectors.joining(File.pathSeparator))));
        for (Path source : files(".java")) {
            Path changed = to.resolve(source.getFileName());
            arguments.add(Files.writeString(changed, change.apply(Files.readString(source))).toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, said, arguments.toArray(String[]::new));
        assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
        return new URLClassLoader(new URL[] {url(to), url(PROJECT.resolve("src/main/resources"))},
                Backend.class.getClassLoader());
    }

    /** The folder or jar that a class comes from. */
    private static String home(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending)).sorted().toList();
        }
    }

    @Test
    @DisplayName("The page shows the project's files as they are, and links to all of them")
    void pageShowsTheProject() throws IOException {
        String page = Files.readString(PAGE);
        List<String> contents = new ArrayList<>();
        for (Path file : files("")) {
            contents.add(Files.readString(file));
            assertThat(page).contains("](certify/" + PROJECT.relativize(file).toString().replace('\\', '/') + ")");
        }

        List<String> shown = Pattern.compile("^```(?:java|xml|properties)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(page).results().map(block -> block.group(1)).toList();

        assertThat(shown).hasSizeGreaterThan(3)
                .allSatisfy(block -> assertThat(contents).anyMatch(content -> content.contains(block)));
    }

    @Test
    @DisplayName("The project's libraries and plugins have the versions of this build, and the kit its classifier")
    void versionsAgree() throws Exception {
        Map<String, String> ours = versions(Path.of("pom.xml"));
        Map<String, String> theirs = versions(PROJECT.resolve("pom.xml"));

        assertThat(theirs).containsKeys("dev.regularisation:regularisation", "dev.regularisation:regularisation:kit",
                "net.jqwik:jqwik");
        assertThat(ours).containsAllEntriesOf(theirs);
        assertThat(Files.readString(PAGE)).contains("`net.jqwik:jqwik:" + ours.get("net.jqwik:jqwik") + "`",
                "`dev.regularisation:regularisation:" + ours.get("dev.regularisation:regularisation") + "`");
    }

    /** Group, artifact and classifier of dependencies and plugins, and of what the build itself makes, with versions. */
    private static Map<String, String> versions(Path pom) throws Exception {
        Element project = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
        Map<String, String> versions = new TreeMap<>();
        String own = child(project, "groupId") + ":" + child(project, "artifactId");
        if (own.startsWith("dev.")) {
            versions.put(own, child(project, "version"));
            elements(project, "classifier").filter(element -> element.getParentNode().getNodeName().equals("configuration"))
                    .forEach(classifier -> versions.put(own + ":" + classifier.getTextContent(), child(project, "version")));
        }
        Stream.concat(elements(project, "dependency"), elements(project, "plugin"))
                .filter(used -> child(used, "version") != null)
                .forEach(used -> versions.put(Stream.of("groupId", "artifactId", "classifier").map(name -> child(used, name))
                        .filter(Objects::nonNull).collect(Collectors.joining(":")), resolved(child(used, "version"), project)));
        return versions;
    }

    private static String resolved(String version, Element project) {
        return version.startsWith("${")
                ? elements(project, version.substring(2, version.length() - 1)).findFirst().orElseThrow().getTextContent()
                : version;
    }

    private static Stream<Element> elements(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1).map(i -> (Element) found.item(i));
    }

    private static String child(Element in, String name) {
        for (Node node = in.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent();
            }
        }
        return null;
    }
}
