package dev.regularisation.golden;

import dev.regularisation.training.History;
import dev.regularisation.training.TrainingResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The text of a golden file: a header, then a line for each value, sorted by key, the number in hexadecimal (exact) and in
 * decimal (to read), then a checksum that gives away an edit by hand. No time, no host, no machine.
 */
public final class GoldenText {

    static final String CHECKSUM = "checksum ";
    /** What the keys of a sampled epoch begin with. */
    static final String EPOCH = "epoch.";
    /** What the keys of losses end with. */
    static final String TRAIN_LOSS = "train_loss";
    static final String VALIDATION_LOSS = "validation_loss";

    private final String header;
    private final Optional<History> history;
    private final TreeMap<String, String> values = new TreeMap<>();

    GoldenText(String header) {
        this(header, Optional.empty());
    }

    private GoldenText(String header, Optional<History> history) {
        this.header = header;
        this.history = history;
    }

    GoldenText put(String key, double value) {
        return put(key, Double.toHexString(value) + " " + value);
    }

    GoldenText put(String key, String value) {
        if (key.contains(" ") || values.put(key, value) != null) {
            throw new IllegalArgumentException("golden text: the key \"" + key + "\" has a space or comes twice");
        }
        return this;
    }

    /** A run: its plan, the digest of everything, and sampled epochs. */
    static GoldenText of(TrainingResult result) {
        History history = result.history();
        GoldenText text = new GoldenText("A run of the cpu backend: losses and norms at sampled epochs", Optional.of(history));
        result.plan().changed().forEach((key, value) -> text.put("plan." + key, value.toString()));
        text.put("history.sha256", history.sha256());
        text.put("best.epoch", Integer.toString(result.best().epoch()));
        put(text, "best", result.best());
        put(text, "last", result.last());
        for (int epoch : sampled(history.epochs())) {
            String key = EPOCH + "%05d.".formatted(epoch);
            text.put(key + TRAIN_LOSS, history.trainLoss(epoch)).put(key + VALIDATION_LOSS, history.validationLoss(epoch))
                    .put(key + "l1_norm", history.l1Norm(epoch)).put(key + "squared_l2_norm", history.squaredL2Norm(epoch))
                    .put(key + "parameter.0", history.parameter(epoch, 0))
                    .put(key + "parameter.last", history.parameter(epoch, history.parameterCount() - 1));
        }
        return text;
    }

    private static void put(GoldenText text, String name, TrainingResult.Model model) {
        text.put(name + "." + TRAIN_LOSS, model.fit().trainLoss())
                .put(name + "." + VALIDATION_LOSS, model.fit().validationLoss())
                .put(name + ".train_r2", model.fit().trainR2()).put(name + ".validation_r2", model.fit().validationR2());
    }

    /** 0 to 10, then about eight an octave, and the last. */
    private static TreeSet<Integer> sampled(int epochs) {
        TreeSet<Integer> sampled = new TreeSet<>();
        for (int epoch = 0; epoch <= Math.min(10, epochs); epoch++) {
            sampled.add(epoch);
        }
        for (int epoch = 12; epoch < epochs; epoch += Math.max(1, epoch / 6)) {
            sampled.add(epoch);
        }
        sampled.add(epochs);
        return sampled;
    }

    /** Key to value. */
    Map<String, String> values() {
        return values;
    }

    /** The run that it is of, if it is of one. */
    Optional<History> history() {
        return history;
    }

    /** Whether a value is a number. */
    static boolean isNumber(String value) {
        return value != null && value.matches("(-?0x\\S+|NaN|-?Infinity) \\S+");
    }

    /** The number that a value is, to the bit. */
    static double number(String value) {
        return Double.parseDouble(value.substring(0, value.indexOf(' ')));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("# ").append(header).append(".\n")
                .append("# Written by mvn verify -Dgolden=update; an edit by hand breaks the checksum.\n");
        values.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
        String body = text.toString();
        return body + CHECKSUM + sha256(body) + "\n";
    }

    /**
     * Reads the text of a file.
     *
     * @throws IllegalArgumentException saying what is wrong, if it is not whole and as written
     */
    static Map<String, String> parse(String name, String text) {
        int at = text.lastIndexOf(CHECKSUM);
        if (at < 0 || !text.endsWith("\n")) {
            throw new IllegalArgumentException(name + ": wanted a last line with the checksum, found none: the file is truncated; "
                    + "take it from version control");
        }
        if (!text.substring(at + CHECKSUM.length()).strip().equals(sha256(text.substring(0, at)))) {
            throw new IllegalArgumentException(name + ": the checksum does not fit: the file was edited, damaged or its line "
                    + "ends were changed; take it from version control");
        }
        Map<String, String> values = new TreeMap<>();
        text.substring(0, at).lines().filter(line -> !line.startsWith("#")).forEach(line ->
                values.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        return values;
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
