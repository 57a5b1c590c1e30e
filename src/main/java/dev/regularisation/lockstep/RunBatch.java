package dev.regularisation.lockstep;

import dev.regularisation.backend.Backend;
import dev.regularisation.backend.Precision;
import dev.regularisation.backend.cpu.CpuProvider;
import dev.regularisation.backend.opencl.OpenClDevice;
import dev.regularisation.backend.opencl.OpenClSession;
import dev.regularisation.backend.opencl.KernelSource;
import dev.regularisation.backend.opencl.Programs;
import dev.regularisation.data.Dataset;
import dev.regularisation.data.Draws;
import dev.regularisation.data.Samples;
import dev.regularisation.nn.Mlp;
import dev.regularisation.parallel.Workers;
import dev.regularisation.training.RunRecord;
import dev.regularisation.training.Recording;
import dev.regularisation.training.InitialParameters;
import dev.regularisation.training.TrainingPlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * Runs of one {@link RunShape} on one problem, trained together on a device, an epoch of all of them at a time. While the
 * device is at an epoch, the host draws what the next one needs and records what the last one left.
 */
final class RunBatch implements AutoCloseable {

    private final RunShape shape;
    private final Tiling tiling;
    private final Precision precision;
    private final List<TrainingPlan> plans;
    private final Draws draws;
    private final Workers workers;
    private final OpenClSession session;
    private final int validationSize;
    /** That, and as many more as fill the last work-group. */
    private final int padded;
    private final int largestBatch;
    private final List<RunRecord> records;
    private final List<TrainingPlan> samples;
    private final List<RunStream> streams;
    private final List<RunStream> dropping;

    private final long theta;
    private final long first;
    private final long second;
    private final long trainX;
    private final long trainY;
    private final long validationX;
    private final long validationY;
    private final long orders;
    private final long masks;
    private final long wholes;
    private final long reals;
    private final long steps;
    private final long scratch;
    private final long trainDifferences;
    private final long validationDifferences;
    private final long losses;
    private final int stepsEach;

    /** Two of each: one that the device reads or fills, one that the host does. */
    private final ByteBuffer[] hostTheta;
    private final ByteBuffer[] hostLosses;
    private final ByteBuffer[] hostOrders;
    private final ByteBuffer[] hostMasks;

    /**
     * Prepares the device.
     *
     * @param plans of one shape and one problem but for their seeds; not empty
     */
    RunBatch(OpenClDevice device, Precision precision, Tiling tiling, List<TrainingPlan> plans, Draws draws,
            Workers workers) {
        this(device, precision, tiling, plans, draws, workers, UnaryOperator.identity());
    }

    /** The same with changed kernels. */
    RunBatch(OpenClDevice device, Precision precision, Tiling tiling, List<TrainingPlan> plans, Draws draws, Workers workers,
            UnaryOperator<KernelSource> change) {
        this.tiling = tiling;
        this.shape = RunShape.of(plans.get(0));
        this.precision = precision;
        this.plans = plans;
        this.draws = draws;
        this.workers = workers;
        this.records = plans.stream().map(plan -> new RunRecord(plan, precision, Recording.LOSSES)).toList();
        RunTable table = new RunTable(plans, precision);
        this.samples = table.samples();
        this.streams = table.streams();
        this.dropping = table.dropping();
        this.validationSize = draw(plans.get(0)).validation().size();
        this.padded = tiling.padded(validationSize);
        this.largestBatch = plans.stream().mapToInt(TrainingPlan::batchSize).max().orElseThrow();
        this.session = new OpenClSession(device, change.apply(program(device, precision, shape, tiling)));
        try {
            int runs = plans.size();
            int n = shape.trainSize();
            int bytes = precision.bytes();
            int stepBytes = table.steps().get(0).capacity();
            stepsEach = stepBytes / (2 * bytes);
            long state = (long) runs * shape.parameters() * bytes;
            theta = session.buffer(state);
            first = session.buffer(state);
            second = session.buffer(state);
            session.zero(first, state);
            session.zero(second, state);
            trainX = session.buffer((long) samples.size() * n * shape.features() * bytes);
            trainY = session.buffer((long) samples.size() * n * bytes);
            validationX = session.buffer((long) samples.size() * padded * shape.features() * bytes);
            validationY = session.buffer((long) samples.size() * validationSize * bytes);
            orders = session.buffer((long) streams.size() * n * Integer.BYTES);
            masks = session.buffer((long) dropping.size() * n * shape.maskWords() * Integer.BYTES);
            wholes = session.buffer(table.wholes().capacity());
            reals = session.buffer(table.reals().capacity());
            steps = session.buffer((long) table.steps().size() * stepBytes);
            scratch = session.buffer((long) runs * largestBatch * shape.scratch() * bytes);
            trainDifferences = session.buffer((long) runs * n * bytes);
            validationDifferences = session.buffer((long) runs * validationSize * bytes);
            losses = session.buffer(2L * runs * Double.BYTES);
            session.write(wholes, 0, table.wholes());
            session.write(reals, 0, table.reals());
            for (int i = 0; i < table.steps().size(); i++) {
                session.write(steps, (long) i * stepBytes, table.steps().get(i));
            }
            hostTheta = pair(state);
            hostLosses = pair(2L * runs * Double.BYTES);
            hostOrders = pair((long) streams.size() * n * Integer.BYTES);
            hostMasks = pair((long) dropping.size() * n * shape.maskWords() * Integer.BYTES);
            uploadSamples();
            uploadInitialParameters();
        } catch (RuntimeException | Error e) {
            // Of a device that is full the caller gets no batch to close.
            session.close();
            throw e;
        }
    }

    /** What a batch of so many runs on so many draws of samples takes of a device's memory, at most. */
    static long memory(RunShape shape, Tiling tiling, int validationSize, Precision precision, int runs, int draws) {
        long n = shape.trainSize();
        long bytes = precision.bytes();
        long run = 3L * shape.parameters() * bytes + n * shape.scratch() * bytes + n * bytes + validationSize * bytes
                + n * Integer.BYTES + (n + validationSize) * shape.maskWords() * Integer.BYTES;
        return runs * run + draws * (n + tiling.padded(validationSize)) * (shape.features() + 1L) * bytes;
    }

    /** The largest of its buffers. */
    static long largestBuffer(RunShape shape, Tiling tiling, int validationSize, Precision precision, int runs, int draws) {
        long bytes = precision.bytes();
        long perRun = Math.max(Math.max((long) shape.parameters() * bytes, (long) shape.trainSize() * shape.scratch() * bytes),
                validationSize * Math.max(bytes, (long) shape.maskWords() * Integer.BYTES));
        return Math.max(runs * perRun,
                draws * (long) Math.max(tiling.padded(validationSize), shape.trainSize()) * shape.features() * bytes);
    }

    private static KernelSource program(OpenClDevice device, Precision precision, RunShape shape, Tiling tiling) {
        Map<String, String> names = new TreeMap<>();
        names.put("FEATURES", Integer.toString(shape.features()));
        names.put("HIDDEN1", Integer.toString(shape.hidden(1)));
        names.put("HIDDEN2", Integer.toString(shape.hidden(2)));
        names.put("TILE", Integer.toString(tiling.tile()));
        if (tiling.unrolled()) {
            names.put("UNROLLED", "1");
        }
        return Programs.onArithmetic(device, precision, names, Programs.read(RunBatch.class, "lockstep.cl"));
    }

    private Dataset draw(TrainingPlan plan) {
        return draws.of(plan.problem(), plan.seed(), plan.streams());
    }

    private void uploadSamples() {
        int n = shape.trainSize();
        int features = shape.features();
        int bytes = precision.bytes();
        workers.each(samples.size(), i -> {
            Dataset data = draw(samples.get(i));
            ByteBuffer train = bytes((long) n * features * bytes);
            for (float value : data.train().x()) {
                put(train, value);
            }
            ByteBuffer validation = bytes((long) padded * features * bytes);
            Samples from = data.validation();
            int block = tiling.block();
            for (int start = 0; start < validationSize; start += block) {
                for (int feature = 0; feature < features; feature++) {
                    validation.position((start * features + feature * block) * bytes);
                    for (int s = start; s < Math.min(start + block, validationSize); s++) {
                        put(validation, from.x()[s * features + feature]);
                    }
                }
            }
            session.write(trainX, (long) i * train.capacity(), train.flip());
            session.write(validationX, (long) i * validation.capacity(), validation.clear());
            session.write(trainY, (long) i * n * bytes, labels(data.train()));
            session.write(validationY, (long) i * validationSize * bytes, labels(from));
        });
    }

    private ByteBuffer labels(Samples from) {
        ByteBuffer labels = bytes((long) from.size() * precision.bytes());
        for (float y : from.y()) {
            put(labels, y);
        }
        return labels.flip();
    }

    /** Runs of one seed, if they are the same neighbour, begin alike. */
    private void uploadInitialParameters() {
        Map<List<Number>, double[]> bySeed = new HashMap<>();
        ByteBuffer all = hostTheta[0].clear();
        try (Backend cpu = new CpuProvider().create(precision)) {
            for (TrainingPlan plan : plans) {
                double[] initial = bySeed.computeIfAbsent(List.of(plan.seed(), plan.get(TrainingPlan.NEIGHBOUR)), seed -> {
                    Mlp network = new Mlp(cpu, plan.architecture());
                    InitialParameters.write(plan, cpu, network);
                    return cpu.read(network.parameters());
                });
                for (double value : initial) {
                    put(all, value);
                }
            }
        }
        session.write(theta, 0, all.flip());
    }

    /**
     * Trains all of them to the end.
     *
     * @param ended hears of each epoch
     * @throws CancellationException when this thread is interrupted
     */
    void train(IntConsumer ended) {
        ByteBuffer validationMasks = bytes((long) dropping.size() * validationSize * shape.maskWords() * Integer.BYTES);
        draw(0, validationMasks);
        for (int epoch = 0; epoch <= shape.epochs(); epoch++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training was interrupted after epoch " + (epoch - 1));
            }
            enqueue(epoch, validationMasks);
            int done = epoch;
            if (epoch < shape.epochs()) {
                draw(epoch + 1, validationMasks);
            }
            if (epoch > 0) {
                workers.each(plans.size(), run -> record(done - 1, run));
            }
            session.finish();
            ended.accept(epoch);
        }
        workers.each(plans.size(), run -> record(shape.epochs(), run));
    }

    private void draw(int epoch, ByteBuffer validationMasks) {
        int n = shape.trainSize();
        int half = epoch % 2;
        workers.each(streams.size(), i -> {
            RunStream stream = streams.get(i);
            int at = dropping.indexOf(stream);
            stream.drawEpoch(hostOrders[half].asIntBuffer(), i * n, hostMasks[half].asIntBuffer(), at * n * shape.maskWords());
            stream.drawValidation(epoch == 0 ? validationSize : 0, validationMasks.asIntBuffer(),
                    at * validationSize * shape.maskWords());
        });
    }

    private void enqueue(int epoch, ByteBuffer validationMasks) {
        int runs = plans.size();
        int n = shape.trainSize();
        int half = epoch % 2;
        session.enqueueWrite(orders, 0, hostOrders[half].clear());
        session.enqueueWrite(masks, 0, hostMasks[half].clear());
        session.runGroups("train_epoch", runs, 1, tiling.group(), theta, first, second, trainX, trainY, orders, masks, wholes,
                reals, steps, stepsEach, scratch, largestBatch, trainDifferences, n, epoch);
        int groups = padded / tiling.samples();
        if (epoch == 0 && !dropping.isEmpty()) {
            try (OpenClSession.Lent lent = session.lend(validationMasks.capacity())) {
                session.write(lent.buffer(), 0, validationMasks.clear());
                session.runGroups("validate_dropping", groups, runs, tiling.group(), theta, validationX, validationY, wholes,
                        validationSize, padded, validationDifferences, lent.buffer(), reals);
                session.finish();
            }
        } else {
            session.runGroups("validate", groups, runs, tiling.group(), theta, validationX, validationY, wholes, validationSize,
                    padded, validationDifferences);
        }
        session.runGroups("losses", (runs + tiling.group() - 1) / tiling.group(), 1, tiling.group(), trainDifferences, n, wholes,
                validationDifferences, validationSize, runs, losses);
        session.enqueueRead(theta, 0, hostTheta[half].clear());
        session.enqueueRead(losses, 0, hostLosses[half].clear());
        session.flush();
    }

    private void record(int epoch, int run) {
        int half = epoch % 2;
        double[] parameters = new double[shape.parameters()];
        int at = run * parameters.length * precision.bytes();
        ByteBuffer values = hostTheta[half];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = precision == Precision.FLOAT32
                    ? values.getFloat(at + i * Float.BYTES) : values.getDouble(at + i * Double.BYTES);
        }
        int loss = 2 * run * Double.BYTES;
        records.get(run).add(
                hostLosses[half].getDouble(loss), hostLosses[half].getDouble(loss + Double.BYTES), parameters);
    }

    /** What is known of each run, in the order of the plans; whole after {@link #train}. */
    List<RunRecord> records() {
        return records;
    }

    private void put(ByteBuffer to, double value) {
        RunTable.put(to, precision, value);
    }

    private static ByteBuffer[] pair(long length) {
        return new ByteBuffer[] {bytes(length), bytes(length)};
    }

    /** Room that a device can read from and write to. */
    static ByteBuffer bytes(long length) {
        return ByteBuffer.allocateDirect(Math.toIntExact(length)).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        session.close();
    }
}
