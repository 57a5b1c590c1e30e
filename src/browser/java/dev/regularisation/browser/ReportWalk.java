package dev.regularisation.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import dev.regularisation.spec.RuleCard;
import dev.regularisation.spec.RuleLabels;
import dev.regularisation.spec.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens the report from disk in headless Chromium, with the network off, and walks the overview and the page of every rule.
 * A picture that does not show, a page without text, a rule without a page, a script error, a request to the network, a first
 * page that is late, another or in the way, and text wider than its column are faults; each is printed, and any makes the walk
 * fail. Screenshots of all pages are left in {@code target/browser}.
 */
public final class ReportWalk {

    private static final Path REPORT = Path.of("reports", "allure", "index.html");
    private static final Path SCREENSHOTS = Path.of("target", "browser");
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    /** As wide as the pictures are made to be read at. */
    private static final int WIDTH = 1200;
    /** High enough for a whole page, so that its screenshot is whole. */
    private static final int HEIGHT = 8000;
    private static final int SHORTEST_PAGE = 200;
    /** What Allure's program shows of a page. */
    private static final String DESCRIPTION = "#content .test-result-overview .description__text";
    /** What is painted before that program is there. */
    private static final String FIRST_PAGE = "#first-page";
    /** Everything is on this machine and in memory: what does not show within seconds never will. */
    private static final double PATIENCE_MS = 10_000;

    /** Longer than this, and a reader takes an empty page for a broken one. */
    private static final double PAINTED_S = 2;

    private final List<String> faults = new ArrayList<>();
    private final Page page;

    private ReportWalk(Page page) {
        this.page = page;
        page.setDefaultTimeout(PATIENCE_MS);
        page.onPageError(error -> faults.add("script error: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add("script error: " + message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().matches("(?s)(file|data|blob):.*")) {
                faults.add("request to the network: " + request.url());
            }
        });
    }

    /**
     * @param args none
     * @throws IllegalStateException if the report has faults, or cannot be opened
     */
    public static void main(String[] args) throws IOException {
        if (!Files.exists(REPORT)) {
            throw new IllegalStateException("wanted a report at " + REPORT + ", found none; mvn verify writes it");
        }
        try (Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox")));
                BrowserContext context = browser.newContext(new Browser.NewContextOptions().setOffline(true)
                        .setViewportSize(WIDTH, HEIGHT))) {
            ReportWalk walk = new ReportWalk(context.newPage());
            int pages = walk.everyPage();
            walk.firstPage(browser);
            System.out.printf("Browser: %d pages, %d faults. Screenshots: %s%n", pages, walk.faults.size(), SCREENSHOTS);
            if (!walk.faults.isEmpty()) {
                throw new IllegalStateException("the report has faults:\n  " + String.join("\n  ", walk.faults));
            }
        }
    }

    private static Path chromium() {
        String named = System.getenv("CHROMIUM");
        if (named != null) {
            return Path.of(named);
        }
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .flatMap(folder -> BROWSERS.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("wanted Chromium on the PATH, as one of " + BROWSERS
                        + ", found none; install it or set CHROMIUM to its executable"));
    }

    private int everyPage() throws IOException {
        Files.createDirectories(SCREENSHOTS);
        try (Stream<Path> old = Files.list(SCREENSHOTS)) {
            for (Path screenshot : old.toList()) {
                Files.delete(screenshot);
            }
        }
        long start = System.nanoTime();
        page.navigate(REPORT.toUri().toString());
        Locator overview = page.locator(DESCRIPTION).first();
        overview.waitFor();
        double opened = (System.nanoTime() - start) / 1e9;
        double painted = ((Number) page.evaluate(
                "() => performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000")).doubleValue();
        System.out.printf("Browser: the report of %,d bytes is painted after %.1f s, and can be used after %.1f s%n",
                Files.size(REPORT), painted, opened);
        if (!(painted <= PAINTED_S)) {
            faults.add(String.format(Locale.ROOT, "the report is painted after %.1f s, wanted at most %.1f s", painted, PAINTED_S));
        }
        Map<String, String> pages = pages();
        Set<String> linked = overview.locator("a").all().stream()
                .map(link -> link.getAttribute("href").replace("#testresult/", "")).collect(Collectors.toSet());
        if (linked.size() != Rules.all().size() + 1 || !pages.keySet().containsAll(linked)) {
            faults.add("the overview leads to " + linked.size() + " pages, wanted one for each rule and the post's sentences");
        }
        for (RuleCard rule : Rules.all()) {
            if (pages.values().stream().noneMatch(name -> name.startsWith(rule.id() + ": "))) {
                faults.add("rule " + rule.id() + " has no page");
            }
        }
        pages.forEach(this::read);
        return pages.size();
    }

    /** Compares what is painted without the report's program with what the program shows in its place. */
    private void firstPage(Browser browser) {
        page.navigate("about:blank");
        page.navigate(REPORT.toUri().toString());
        Locator shown = page.locator(DESCRIPTION).first();
        shown.waitFor();
        try (BrowserContext still = browser.newContext(new Browser.NewContextOptions().setOffline(true).setJavaScriptEnabled(false)
                .setViewportSize(WIDTH, HEIGHT))) {
            Page paper = still.newPage();
            paper.navigate(REPORT.toUri().toString());
            Locator painted = paper.locator(FIRST_PAGE + " .description__text");
            if (painted.count() != 1 || !painted.innerText().equals(shown.innerText())) {
                faults.add("what is painted first is not the overview that Allure's program shows");
            } else if (painted.boundingBox().y != shown.boundingBox().y || painted.boundingBox().x != shown.boundingBox().x) {
                faults.add("the overview moves when Allure's program is there");
            }
        }
    }

    /** The pages to walk, uid to name: every rule's, and those that belong to no test. */
    private Map<String, String> pages() {
        Object found = page.evaluate("""
                async () => {
                    const read = async name => JSON.parse(new TextDecoder().decode(
                            Uint8Array.from(atob(await window.reportData[name]), c => c.charCodeAt(0))));
                    const leaves = (node, group) => node.children
                            ? node.children.flatMap(child => leaves(child, node.name)) : [{...node, group}];
                    return Promise.all(leaves(await read('data/behaviors.json'), '').map(async leaf => leaf.uid + ' ' + leaf.group
                            + ': ' + leaf.name + ' ' + ((await read('data/test-cases/' + leaf.uid + '.json')).fullName
                                    === 'dev.regularisation.spec.Sheet')));
                }""");
        Map<String, String> pages = new LinkedHashMap<>();
        for (Object line : (List<?>) found) {
            String[] parts = line.toString().split(" ", 2);
            boolean own = parts[1].endsWith(" true");
            String name = parts[1].substring(0, parts[1].lastIndexOf(' '));
            if (own || RuleLabels.isPage(name.substring(name.indexOf(": ") + 2))) {
                pages.put(parts[0], name);
            }
        }
        return pages;
    }

    private void read(String uid, String name) {
        try {
            page.navigate(REPORT.toUri() + "#testresult/" + uid);
            Locator description = page.locator(DESCRIPTION).first();
            description.waitFor();
            if (page.locator(FIRST_PAGE).count() > 0) {
                faults.add(name + ": the page that is painted first is in the way");
            }
            if (description.innerText().length() < SHORTEST_PAGE) {
                faults.add(name + ": a page of " + description.innerText().length() + " characters");
            }
            description.locator("img").evaluateAll("images => Promise.all(images.map(image => image.decode().catch(() => 0)))");
            Object wrong = description.evaluate("""
                    root => {
                        const faults = [];
                        for (const image of root.querySelectorAll('img')) {
                            if (!image.naturalWidth) faults.push('a picture does not show: ' + image.alt);
                            if (image.alt.length < 20) faults.push('a picture without alternative text');
                        }
                        const right = root.getBoundingClientRect().right + 1;
                        for (const element of root.querySelectorAll('*')) {
                            if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
                                    && getComputedStyle(element).overflowX !== 'visible') {
                                faults.push('wider than its column: ' + element.innerText.slice(0, 60));
                            }
                            if (!element.closest('math') && element.getBoundingClientRect().right > right) {
                                faults.push('wider than the page: ' + element.tagName + ' ' + element.innerText.slice(0, 60));
                            }
                        }
                        return faults;
                    }""");
            ((List<?>) wrong).stream().distinct().forEach(fault -> faults.add(name + ": " + fault));
            description.screenshot(new Locator.ScreenshotOptions().setPath(SCREENSHOTS.resolve(fileName(uid, name))));
        } catch (PlaywrightException e) {
            faults.add(name + ": cannot be read: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static String fileName(String uid, String name) {
        String words = name.replaceFirst(":.*", "");
        return Arrays.stream(words.toLowerCase(Locale.ROOT).split("[^a-z0-9.-]+")).limit(6)
                .reduce((a, b) -> a + "-" + b).orElse("page") + "-" + uid.substring(0, 4) + ".png";
    }
}
