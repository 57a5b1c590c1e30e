package dev.regularisation.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A setting is declared once; reading, checking and showing follow from the declaration. */
class SettingTest {

    private static final Setting<Double> RATE = Setting.real("learning rate").option("--lr").label("RATE").means("Step size.")
            .alwaysReads("η = {}").check(SettingTest::requirePositive).standard(0.01);
    private static final Setting<Integer> COUNT = Setting.whole("count").means("How many.").reads("{} of them").standard(3);
    private static final Setting<Long> SEED = Setting.longWhole("seed").means("Of draws.").standard(42L);
    private static final Setting<Boolean> FLAG = Setting.flag("no bias").means("Without.").reads("no bias").standard(false);
    private static final Setting<String> FILE = Setting.text("data").means("A file.").reads("{}")
            .shows(file -> file.substring(file.lastIndexOf('/') + 1)).leftOut("none");
    private static final Setting<List<Integer>> SIZES =
            Setting.wholes("layers").means("Of layers.").alwaysReads("sizes {}").leftOut("what fits");
    private static final Setting<List<Double>> BETAS =
            Setting.reals("betas").means("Of moments.").reads("β = {}").standard(List.of(0.9, 0.999));
    private static final Setting<Colour> COLOUR = Kind.choice("colour", List.of(Colour.values()))
            .means("{}, as painted.").reads("in {}").standard(Colour.RED);
    private static final List<Setting<?>> ALL = List.of(RATE, COUNT, SEED, FLAG, FILE, SIZES, BETAS, COLOUR);

    private enum Colour implements Kind {
        RED, DARK_BLUE;

        @Override
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public String title() {
            return "a shade of " + id();
        }

        @Override
        public List<Setting<?>> own() {
            return List.of();
        }
    }

    private static void requirePositive(double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("learning rate: wanted a positive number, got " + rate);
        }
    }

    private record Row<T>(Setting<T> setting, String read, T value, String written, Object json, String phrase) {

        void check() {
            T read = setting.read(this.read);
            assertThat(read).as(setting.title()).isEqualTo(value);
            assertThat(setting.text(read)).isEqualTo(written);
            assertThat(setting.read(written)).isEqualTo(value);
            assertThat(setting.json(read)).isEqualTo(json);
            assertThat(setting.phrase(read, number -> "<" + number + ">")).isEqualTo(Optional.ofNullable(phrase));
            assertThat(Settings.STANDARD.read(setting, this.read).get(setting)).isEqualTo(value);
        }
    }

    @Test
    @DisplayName("each sort of setting reads, writes and shows its values")
    void readsAndWrites() {
        List.of(new Row<>(RATE, " 1e-3 ", 0.001, "0.001", 0.001, "η = <0.001>"),
                new Row<>(RATE, "0.01", 0.01, "0.01", 0.01, "η = <0.01>"),
                new Row<>(COUNT, "-7", -7, "-7", -7, "<-7> of them"),
                new Row<>(COUNT, "3", 3, "3", 3, null),
                new Row<>(SEED, "9223372036854775807", Long.MAX_VALUE, "9223372036854775807", Long.MAX_VALUE, null),
                new Row<>(FLAG, "TRUE", true, "true", true, "no bias"),
                new Row<>(FLAG, "false", false, "false", false, null),
                new Row<>(FILE, "a folder/my, file", "a folder/my, file", "a folder/my, file", "a folder/my, file", "my, file"),
                new Row<>(SIZES, "50, 25,1", List.of(50, 25, 1), "50,25,1", List.of(50, 25, 1), "sizes <50>, <25>, <1>"),
                new Row<>(BETAS, "0.5,1e-3", List.of(0.5, 0.001), "0.5,0.001", List.of(0.5, 0.001), "β = <0.5>, <0.001>"),
                new Row<>(BETAS, "0.9,0.999", List.of(0.9, 0.999), "0.9,0.999", List.of(0.9, 0.999), null),
                new Row<>(COLOUR, " Dark-Blue", Colour.DARK_BLUE, "dark-blue", "dark-blue", "in a shade of dark-blue"),
                new Row<>(COLOUR, "red", Colour.RED, "red", "red", null)).forEach(Row::check);
        assertThat(FILE.phrase(null, String::valueOf)).isEmpty();
        assertThat(SIZES.phrase(null, String::valueOf)).as("always, but for what has no value").isEmpty();
    }

    @Test
    @DisplayName("what cannot be read or makes no sense is refused in one line that names the setting")
    void refuses() {
        refuses(RATE, "fast", "learning rate: wanted a number, got \"fast\"");
        refuses(RATE, "", "learning rate: wanted a number, got \"\"");
        refuses(RATE, "NaN", "learning rate: wanted a positive number, got NaN");
        refuses(COUNT, "2147483648", "count: wanted a whole number of at most 32 bits, got \"2147483648\"");
        refuses(SEED, "1e3", "seed: wanted a whole number of at most 64 bits, got \"1e3\"");
        refuses(FLAG, "yes", "no bias: wanted true or false, got \"yes\"");
        refuses(FILE, "a\nb", "data: wanted text on one line, got \"a\\nb\"");
        refuses(SIZES, "50,,1", "layers: wanted whole numbers separated by commas, got \"50,,1\"");
        refuses(SIZES, "50,1,", "layers: wanted whole numbers separated by commas, got \"50,1,\"");
        refuses(BETAS, "0.9;0.99", "betas: wanted numbers separated by commas, got \"0.9;0.99\"");
        refuses(COLOUR, "green", "colour: wanted one of red, dark-blue, got \"green\"");
        refuses(COUNT, "a\nb\t\u200f\ud800",
                "count: wanted a whole number of at most 32 bits, got \"a\\nb\\t\\u{200f}\\u{d800}\"");
        refuses(COUNT, "x".repeat(41), "count: wanted a whole number of at most 32 bits, got \"" + "x".repeat(40) + "…\"");
        assertThatNullPointerException().as("a setting without a meaning")
                .isThrownBy(() -> Setting.real("mute").standard(1.0)).withMessage("mute");
    }

    private static void refuses(Setting<?> setting, String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.STANDARD.read(setting, text)).withMessage(message);
    }

    @Test
    @DisplayName("names, option, label and the words for the standard have a usual form")
    void words() {
        assertThat(ALL).extracting(Setting::name)
                .containsExactly("learning_rate", "count", "seed", "no_bias", "data", "layers", "betas", "colour");
        assertThat(ALL).extracting(Setting::option).containsExactly(
                "--lr", "--count", "--seed", "--no-bias", "--data", "--layers", "--betas", "--colour");
        assertThat(ALL).extracting(setting -> setting.label().orElse("none")).containsExactly(
                "RATE", "N", "N", "none", "TEXT", "N,N,...", "X,X,...", "NAME");
        assertThat(ALL).extracting(Setting::standardText).containsExactly(
                "0.01", "3", "42", "false", "none", "what fits", "0.9,0.999", "red");
        assertThat(COLOUR.meaning()).isEqualTo("red or dark-blue, as painted.");
        assertThat(RATE).hasToString("learning rate").isEqualTo(Setting.whole("learning rate").means("").standard(1))
                .isNotEqualTo(COUNT);
    }

    @Test
    @DisplayName("what is as standard is not chosen: null, the standard and a zero's sign leave no trace")
    void chosen() {
        Setting<Double> strength = Setting.real("strength").means("Of it.").standard(0.0);
        List<Integer> sizes = new ArrayList<>(List.of(5, 1));
        Settings some = Settings.STANDARD.with(SIZES, sizes).with(RATE, 0.1);
        sizes.set(0, 99);

        assertThat(some.get(SIZES)).containsExactly(5, 1);
        assertThat(some.get(COUNT)).isEqualTo(3);
        assertThat(some.get(FILE)).isNull();
        assertThat(some).hasToString("[layers = 5,1, learning rate = 0.1]").isEqualTo(
                Settings.STANDARD.with(RATE, 0.1).with(SIZES, List.of(5, 1))).isNotEqualTo(Settings.STANDARD);
        assertThat(some.with(SIZES, null).with(RATE, 0.01)).isEqualTo(Settings.STANDARD).hasSameHashCodeAs(Settings.STANDARD);
        assertThat(Settings.STANDARD.with(strength, -0.0)).isEqualTo(Settings.STANDARD);
        assertThat(Settings.STANDARD.read(BETAS, "-0,-0.5")).isEqualTo(Settings.STANDARD.with(BETAS, List.of(0.0, -0.5)));
        assertThat(some.changed(ALL)).isEqualTo(Map.of("learning_rate", 0.1, "layers", List.of(5, 1)));
        assertThat(some.changed(ALL).keySet()).containsExactly("learning_rate", "layers");
        assertThat(some.changed(List.of(COUNT, SIZES)).keySet()).containsExactly("layers");
        assertThat(some.firstChosen(ALL)).hasValue(RATE);
        assertThat(some.firstChosen(List.of(COUNT, FLAG))).isEmpty();
    }

    @Test
    @DisplayName("settings add up: the later choice counts, and of given settings what is standard counts too")
    void addUp() {
        Settings first = Settings.STANDARD.with(RATE, 0.1).with(COUNT, 5);
        Settings second = Settings.STANDARD.with(RATE, 0.2).with(FLAG, true);

        assertThat(first.and(second)).isEqualTo(second.with(COUNT, 5));
        assertThat(first.and(second, List.of(RATE))).isEqualTo(first.with(RATE, 0.2));
        assertThat(first.and(second, List.of(COUNT))).isEqualTo(Settings.STANDARD.with(RATE, 0.1));
        assertThat(first).isEqualTo(Settings.STANDARD.with(COUNT, 5).with(RATE, 0.1));
    }
}
