package io.inscape.small;

import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.run.RunRequest;
import io.inscape.training.TrainingParams;
import java.nio.file.Path;
import java.util.List;

/// A real study that is made in a second or two: all test images of [SmallData], one run of two
/// epochs.
public final class SmallStudy {
  public static final String RUN = "small";

  private SmallStudy() {}

  /// Makes the study; it stays open.
  public static Study create(Path folder) {
    Path data = SmallData.write(folder.resolve("data"));
    Study study =
        Study.create(
            folder.resolve("study"),
            StudyConfig.of("small study", data.toString()).withSampleCount(SmallData.TEST));
    study.train(
        new RunRequest(
            RUN,
            "rmlp",
            Architectures.build(Architecture.RMLP, study.dataset().shape(), SmallData.CLASSES, 0),
            TrainingParams.papers(Architecture.RMLP).withSnapshotEpochs(List.of(0, 1, 2)),
            0),
        1);
    return study;
  }
}
