package io.inscape.cli;

import io.inscape.dataset.source.Datasets;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import java.nio.file.Path;

/// The study that a paper is reproduced in.
final class PaperStudy {
  private PaperStudy() {}

  /// Opens the study, or makes it.
  ///
  /// @throws IllegalArgumentException if it is about another data set
  static Study open(Path folder, String name, String dataset) {
    if (!Study.exists(folder)) {
      return Study.create(folder, StudyConfig.of(name, dataset));
    }
    Study study = Study.open(folder);
    boolean same = false;
    try {
      same =
          study.info().dataset().name().equals(dataset)
              || study.info().dataset().digest().equals(Datasets.open(dataset).digest());
      if (!same) {
        throw new IllegalArgumentException(
            folder
                + " is a study of "
                + study.info().dataset().name()
                + ", not of "
                + dataset
                + "; name another folder with --study");
      }
      return study;
    } finally {
      if (!same) {
        study.close();
      }
    }
  }
}
