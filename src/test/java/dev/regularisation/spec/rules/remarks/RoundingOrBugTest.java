package dev.regularisation.spec.rules.remarks;

import static dev.regularisation.spec.Finding.all;
import static dev.regularisation.spec.Finding.atMost;
import static dev.regularisation.spec.Finding.each;

import dev.regularisation.plot.RoundingPicture;
import dev.regularisation.post.PostExperiment;
import dev.regularisation.sensitivity.Column;
import dev.regularisation.sensitivity.RoundingBand;
import dev.regularisation.sensitivity.RoundingBand.Judgement;
import dev.regularisation.sensitivity.TorchBands;
import dev.regularisation.sensitivity.Trajectory;
import dev.regularisation.spec.Document;
import dev.regularisation.spec.Finding;
import dev.regularisation.spec.Rule;
import dev.regularisation.spec.RuleTest;
import dev.regularisation.spec.Section;
import dev.regularisation.spec.Strength;
import dev.regularisation.support.PostRuns;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

@Rule(id = "figures.rounding-or-bug", section = Section.REMARKS, strength = Strength.FINDING,
        statement = "Rounding explains how PyTorch's runs differ from ours, in every plan that it carried out, and does not explain "
                + "what people get wrong: a rate, a decay, a correction, a mask or a batch.",
        related = {"figures.rounding-band", "figures.reproduced"})
final class RoundingOrBugTest extends RuleTest<RoundingOrBugTest.Evidence> {

    /**
     * How far runs are, in parts of what rounding explains at most.
     *
     * @param torch      each of PyTorch's histories
     * @param judged     what the bands say of each mistake
     * @param neighbours each neighbour, judged by the others of its band
     */
    record Evidence(double[] torch, Map<Mistake, Judgement> judged, double[] neighbours) {

        Evidence with(Mistake mistake, double share) {
            Map<Mistake, Judgement> other = new EnumMap<>(judged);
            other.computeIfPresent(mistake, (key, was) -> new Judgement(share * was.limit(), was.limit(), was.outside(),
                    was.distances(), was.most()));
            return new Evidence(torch, other, neighbours);
        }

        Evidence withTorch(int history, double share) {
            double[] other = torch.clone();
            other[history] = share;
            return new Evidence(other, judged, neighbours);
        }

        /** Of mistakes that are no more than another rounding, the band must say so. */
        double[] mistakes(boolean rounding) {
            return judged.entrySet().stream().filter(entry -> (entry.getKey() == Mistake.LABELS) == rounding)
                    .mapToDouble(entry -> entry.getValue().share()).toArray();
        }
    }

    /** The share of values above 1; NaN counts. */
    private static double alarms(double[] values) {
        return Arrays.stream(values).filter(value -> !(value <= 1)).count() / (double) values.length;
    }

    @Override
    protected Evidence evidence() {
        Map<String, RoundingBand> bands = TorchBands.FLOAT32.kept();
        Map<Mistake, Judgement> judged = new EnumMap<>(Mistake.class);
        Stream.of(Mistake.values()).forEach(mistake -> judged.put(mistake, mistake.judged(bands)));
        return new Evidence(DoubleStream.concat(TorchBands.FLOAT32.judged(TorchBands.FLOAT32),
                TorchBands.FLOAT64.judged(TorchBands.FLOAT64)).toArray(), judged, DoubleStream.concat(
                TorchBands.FLOAT32.neighboursByTheOthers(), TorchBands.FLOAT64.neighboursByTheOthers()).toArray());
    }

    @Override
    protected Finding asSaid(Evidence e) {
        return all(each("every history of PyTorch, in float32 and in float64, is within rounding of ours", e.torch, share -> share <= 1),
                each("every mistake is farther than rounding explains", e.mistakes(false), share -> share > 1),
                each("labels that are rounded otherwise are a matter of rounding", e.mistakes(true), share -> share <= 1),
                atMost("of neighbours, judged by the others, no more than stated are called different", 1.0 / TorchBands.NEIGHBOURS,
                        alarms(e.neighbours)));
    }

    @Override
    protected Map<String, Evidence> counterexamples(Evidence e) {
        return Map.of("a history that strays", e.withTorch(e.torch.length - 1, 1.01), "a mistake that hides",
                e.with(Mistake.MASK, 0.99), "labels that show", e.with(Mistake.LABELS, 1.5),
                "a band that calls one neighbour in ten different", new Evidence(e.torch, e.judged,
                        IntStream.range(0, 100).mapToDouble(i -> i % 10 == 0 ? 2 : 0.5).toArray()),
                "no number", e.withTorch(0, Double.NaN));
    }

    @Override
    protected void describe(Document page, Evidence e) {
        String decay = TorchBands.name(PostExperiment.WEIGHT_DECAY, PostRuns.TRAIN_SIZE);
        RoundingBand band = TorchBands.FLOAT32.kept().get(decay);
        Trajectory torch = TorchBands.torch("PyTorch", TorchBands.FLOAT32.histories().get(decay));
        double[] mixed = TorchBands.FLOAT32.judged(TorchBands.FLOAT64).toArray();
        page.figure("%d of %d histories within rounding, at most at %.2f of what it explains", Arrays.stream(e.torch)
                        .filter(share -> share <= 1).count(), e.torch.length, Arrays.stream(e.torch).max().orElse(Double.NaN))
                .table("mistakes", List.of("mistake", "run", "found different", "distance there", "rounding explains"),
                        e.judged.entrySet().stream().map(judged -> row(judged.getKey(), judged.getValue())).toList())
                .number("neighbours", "%d", TorchBands.NEIGHBOURS).number("alarm", "1 in %d", TorchBands.NEIGHBOURS + 1)
                .number("count", "%d", e.torch.length).number("again", "%d", TorchBands.AGAIN)
                .number("mixed", "%d of %d", Math.round(alarms(mixed) * mixed.length), mixed.length)
                .number("alarms", "%d of %d", Math.round(alarms(e.neighbours) * e.neighbours.length), e.neighbours.length)
                .picture("decay", new RoundingPicture("Weight decay: PyTorch's run against ours", Column.TRAIN_LOSS,
                        List.of(band.own(), torch), Map.of(torch, band.judge(torch))).picture());
    }

    private static List<String> row(Mistake mistake, Judgement judgement) {
        return judgement.outside().map(outside -> List.of(mistake.title(), mistake.run().title(),
                        Document.format("from epoch %d on, %s", outside.epoch(), outside.column().title()),
                        Document.format("%.1e", outside.distance()), Document.format("%.1e", outside.most())))
                .orElse(List.of(mistake.title(), mistake.run().title(), "not found: a matter of rounding", "", ""));
    }
}
