package io.inscape.study.finding;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.ActivationSource;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.Digests;
import io.inscape.study.finding.Verdict.Silence;
import io.inscape.study.run.RunInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What may be said about a network, in sentences, and what may not and why.
///
/// Each sentence comes from a test with a control. An untrained network, and one that does no
/// better than guessing, have one sentence each; the other tests are silent there.
///
/// @param run the run
/// @param epoch a kept one
/// @param params what the tests stand on
public record FindingsAnalysis(String run, int epoch, FindingParams params)
    implements ComputedAnalysis {
  /// The kind.
  public static final String KIND = "findings";

  /// What the method is called.
  public static final String METHOD = "tests";

  /// The tests of a trained network, in the order in which they are tried.
  private static final Map<String, Function<Evidence, Verdict>> TESTS = tests();

  private static Map<String, Function<Evidence, Verdict>> tests() {
    Map<String, Function<Evidence, Verdict>> tests = new LinkedHashMap<>();
    tests.put(WorstClass.ID, WorstClass::judge);
    tests.put(ConfusedPair.ID, ConfusedPair::judge);
    tests.put(LabelSuspects.ID, LabelSuspects::judge);
    tests.put(SplitClasses.ID, SplitClasses::judge);
    tests.put(Overfitting.ID, Overfitting::judge);
    tests.put(BeforeTraining.GAIN, BeforeTraining::gain);
    tests.put(IdleLayers.ID, IdleLayers::judge);
    return tests;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("run", run);
    about.put("epoch", epoch);
    return about;
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public FindingsAnalysis resolve(Results results) {
    results.study().run(run).snapshot(epoch);
    results.study().labels();
    return this;
  }

  @Override
  public String inputs(Results results) {
    RunInfo info = results.study().run(run).info();
    List<String> parts = new ArrayList<>();
    for (int kept : info.snapshots()) {
      if (kept <= epoch) { // suspects are followed through the epochs before
        parts.add(
            results
                .study()
                .inputsDigest(new ActivationSource.Layer(run, kept, ActivationSource.INPUT)));
      }
    }
    parts.addAll(Kept.find(results, run, epoch).digests());
    return Digests.ofJson(parts);
  }

  @Override
  public Outcome compute(Results results, Workers workers, Progress progress) {
    progress.report("test images", 0);
    Evidence evidence =
        new Evidence(results, Kept.find(results, run, epoch), params, workers, progress);
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(Learning.judge(evidence));
    boolean untrained = epoch == 0;
    boolean learned = !untrained && evidence.learned();
    verdicts.add(
        untrained || learned
            ? BeforeTraining.separates(evidence)
            : new Silence(BeforeTraining.SEPARATES, nothing()));
    TESTS.forEach((id, test) ->
        verdicts.add(
            learned ? test.apply(evidence) : new Silence(id, untrained ? early() : nothing())));
    return new Outcome(report(verdicts), Map.of());
  }

  private static String early() {
    return "Epoch 0 is the untrained network: what this would say is not its doing.";
  }

  private static String nothing() {
    return "The network does no better than guessing, so there is nothing to judge.";
  }

  private Map<String, Object> report(List<Verdict> verdicts) {
    List<Finding> said = new ArrayList<>();
    List<Map<String, Object>> silent = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      switch (verdict) {
        case Finding finding -> said.add(finding);
        case Silence silence -> silent.add(silence.toMap());
      }
    }
    said.sort(Comparator.comparingDouble((Finding finding) -> -finding.strength())); // stable
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("run", run);
    report.put("epoch", epoch);
    report.put("findings", said.stream().map(Finding::toMap).toList());
    report.put("silent", silent);
    return report;
  }
}
