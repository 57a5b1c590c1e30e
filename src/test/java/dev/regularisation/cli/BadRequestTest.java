package dev.regularisation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes no sense is refused in one line, before anything is trained or written. */
final class BadRequestTest {

    @TempDir
    private Path folder;

    /** What is asked, and what the complaint contains. */
    private static final List<String> REQUESTS = List.of(
            "--foo                          | Unknown option: '--foo'",
            "foo                            | Unmatched argument at index 0: 'foo'",
            "post --experiment nothing      | wanted one of linear, mlp,",
            "post --experiment ,            | '--experiment' (ID): wanted values separated by commas, none of them empty, got \",\"",
            "study --methods ,              | '--methods' (ID,ID,...): wanted values separated by commas, none of them empty, got \",\"",
            "study --train-sizes ,          | '--train-sizes' (N,N,...): wanted values separated by commas, none of them empty",
            "study --l1 0.01,,              | '--l1' (LAMBDA,...): wanted values separated by commas, none of them empty, got \"0.01,,\"",
            "compare a b --columns a=b,     | '--columns' (NAME=THEIRS): wanted values separated by commas, none of them empty",
            "post --threads 0               | threads: wanted at least 1 and at most 1024, got 0",
            "post --threads 1025            | threads: wanted at least 1 and at most 1024, got 1025",
            "study --seeds 0                | seeds: wanted at least 1, and at most 1000000 runs in all, got 0",
            "study --seeds 2147483647       | seeds: wanted at least 1, and at most 1000000 runs in all, got 2147483647 for each of 7",
            "study --shard 3/2              | '--shard': wanted a part and how many there are, such as 2/8, got",
            "study --settings epochs=x      | '--settings': epochs: wanted a whole number",
            "study --first-seed 9223372036854775800 | first seed: wanted one that 20 can follow, got 9223372036854775800",
            "train @/dev/zero               | Unmatched argument at index 1: '@/dev/zero'",
            "post --train-size 0            | training samples: wanted at least 1, got 0",
            "post --train-size 31           | batch size: wanted between 1 and the 31 training samples, got 32",
            "post --backend abacus          | backend: wanted one of cpu, nd4j, opencl, got",
            "train --lr -1                  | learning rate: wanted a positive finite number, got -1.0",
            "train --lr 0                   | learning rate: wanted a positive finite number, got 0.0",
            "train --lr NaN                 | learning rate: wanted a positive finite number, got NaN",
            "train --lr Infinity            | learning rate: wanted a positive finite number, got Infinity",
            "train --lr fast                | '--lr': wanted a number, got",
            "train --weight-decay -0.1      | weight decay: wanted a finite number of at least 0, got -0.1",
            "train --l2 NaN                 | l2: wanted a finite strength of at least 0, got NaN",
            "train --l1 -1                  | l1: wanted a finite strength of at least 0, got -1.0",
            "train --activation gelu        | '--activation': wanted one of relu, leaky-relu, tanh, sigmoid, silu, identity, got",
            "train --loss log               | '--loss': wanted one of mse, mae, huber, got",
            "train --loss huber --delta 0   | delta: wanted a positive finite number, got 0.0",
            "train --delta 0.3              | delta: wanted none for the loss mse, got 0.3; leave it out, or choose the loss huber",
            "train --momentum 0.9           | momentum: wanted none for the optimiser adam, got 0.9; leave it out, or choose the",
            "train --optimiser sgd --epsilon 1e-4 | epsilon: wanted none for the optimiser sgd, got 1.0E-4",
            "train --optimiser sgd --nesterov | nesterov: wanted a momentum above 0 with it, got 0",
            "train --betas 0.9              | betas: wanted two numbers in [0, 1) such as 0.9,0.999, got [0.9]",
            "train --betas 0.9,1            | betas: wanted two numbers in [0, 1) such as 0.9,0.999, got [0.9, 1.0]",
            "train --penalise biases        | '--penalise': wanted one of all, weights, got",
            "train --patience 0             | patience: wanted at least 1 epoch, got 0",
            "train --data nowhere.csv --target y | nowhere.csv: wanted",
            "train --data src/docs/data/diabetes.csv | target: wanted a column of",
            "train --data src/docs/data/diabetes.csv --target weight | diabetes.csv: wanted a column",
            "train --data src/docs/data/diabetes.csv --target bmi --dims 3 | dimensions: wanted none for samples of a file (--data), got 3",
            "train --data src/docs/data/diabetes.csv --target bmi --train-size 442 | training samples: wanted between 1 and 441",
            "train --target bmi             | target: wanted none for samples that are drawn, got bmi; leave it out, or choose samples of a file",
            "study --data src/docs/data/diabetes.csv --target bmi --train-sizes 20 | batch size: wanted between 1 and the 20",
            "predict --model pom.xml        | Missing required option: '--data=FILE.csv'",
            "predict --model pom.xml --data pom.xml | pom.xml: wanted a header of at most",
            "predict --model pom.xml --data \0 | '--data': wanted the name of a file or folder, got \"\\u{0}\" (",
            "predict --model= --data pom.xml | '--model': wanted the name of a file or folder, got \"\" (a name without a letter)",
            "train --activation-l1 -1       | activation L1: wanted a finite strength of at least 0, got -1.0",
            "train --dropout 1              | dropout: wanted a probability in [0, 1), got 1.0",
            "train --dropout NaN            | dropout: wanted a probability in [0, 1), got NaN",
            "train --epsilon -1             | epsilon: wanted a finite number of at least 0, got -1.0",
            "train --noise -1               | noise: wanted a finite standard deviation of at least 0, got -1.0",
            "train --epochs 0               | epochs: wanted at least 1, got 0",
            "train --batch-size 201         | batch size: wanted between 1 and the 200 training samples, got 201",
            "train --batch-size 0           | batch size: wanted at least 1, got 0",
            "train --batch-size -3          | batch size: wanted between 1 and the 200 training samples, got -3",
            "train --layers 49,1            | layers: wanted 50 inputs, one for each feature of the samples, got [49, 1]",
            "train --layers 50,2            | layers: wanted 1 output, for the one label of a sample, got [50, 2]",
            "train --layers 50              | layers: wanted at least two positive sizes",
            "train --layers 50,0,1          | layers: wanted at least two positive sizes",
            "train --layers 50,x,1          | '--layers'",
            "train --dims 0                 | dimensions: wanted at least 1, got 0",
            "train --seed 1e3               | '--seed': wanted a whole number of at most 64 bits, got",
            "study --engine grid            | engine: wanted one of local, got \"grid\"",
            "study --engine spark           | engine: wanted one of local, got \"spark\"; put its jar, which mvn package -Pspark makes",
            "study --master spark://h:7077  | master: wanted none with engine local, which stays on this machine, got spark://h:7077; leave",
            "study --cores 3                | cores: wanted none with engine local, which stays on this machine, got 3; say --threads 3",
            "study --cores 0                | cores: wanted at least 1, got 0",
            "train --optimiser lion         | '--optimiser': wanted one of adam, adamw, sgd, got");

    @Test
    @DisplayName("a request that makes no sense ends with 2 and one line that says what was wanted, and leaves nothing")
    void aBadRequestIsOneLineAndLeavesNothing() {
        for (String row : REQUESTS) {
            String request = row.substring(0, row.indexOf('|')).strip();
            List<String> args = new ArrayList<>(List.of(request.split(" ")));
            if (!args.get(0).equals("foo")) {
                args.addAll(List.of("--out", folder.resolve("new").toString()));
            }

            CommandRun run = CommandRun.of(args);

            assertThat(run.code()).as(request).isEqualTo(2);
            assertThat(run.err()).as(request).contains(row.substring(row.indexOf('|') + 1).strip()).startsWith("regularisation");
            assertThat(run.err().lines()).as(request).hasSize(1);
            assertThat(run.out()).as(request).isEmpty();
            assertThat(folder.resolve("new")).as(request).doesNotExist();
        }
    }

    @Test
    @DisplayName("an output folder that cannot be written is refused before training, and stays as it was")
    void aFolderThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("results"), "earlier");

        CommandRun asFolder = CommandRun.of("train", "--epochs", "100000", "--out", file.toString());
        CommandRun below = CommandRun.of("post", "--out", file.resolve("deeper").toString());

        assertThat(List.of(asFolder.code(), below.code())).containsOnly(2);
        assertThat(asFolder.err()).contains("--out: wanted a folder that can be written, got " + file);
        assertThat(below.err()).contains("--out: wanted a folder that can be written").contains("name another folder");
        assertThat(file).hasContent("earlier");
    }

    @Test
    @DisplayName("a plan that does not fit into memory is one line, not a stack trace")
    void tooLargeForMemory() {
        CommandRun run = CommandRun.of("train", "--epochs", "2147483500", "--out", folder.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("memory: wanted at least").contains("MiB that this JVM may use");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(folder).isEmptyDirectory();
    }
}
