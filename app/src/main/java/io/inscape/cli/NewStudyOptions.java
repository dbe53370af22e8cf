package io.inscape.cli;

import io.inscape.dataset.Datasets;
import io.inscape.dataset.Pipeline;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.StudyInfo;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a study is made with; a study that exists already must agree.
final class NewStudyOptions {
  private static final String DEFAULT_PIPELINE = "scale";
  private static final int DEFAULT_OBSERVATIONS = 2000;

  @Option(
      names = "--preprocess",
      paramLabel = "STEPS",
      description =
          "What is done to each image first, such as scale or \"grey,sobel,blur(1)\". Default: scale, or what the study has.")
  private @Nullable String preprocess;

  @Option(
      names = "--observations",
      paramLabel = "N",
      description = "How many test images a new study looks at. Default: 2000.")
  private @Nullable Integer observations;

  @Option(
      names = "--sample-seed",
      paramLabel = "N",
      description = "Seed of their choice. Default: 0.")
  private @Nullable Long sampleSeed;

  private String effective = DEFAULT_PIPELINE;

  Study openOrCreate(Path folder, String dataset) {
    if (!Study.exists(folder)) {
      return Study.create(folder, config(folder, dataset));
    }
    Study study = Study.open(folder);
    try {
      requireSame(study, dataset);
    } catch (RuntimeException e) {
      study.close();
      throw e;
    }
    return study;
  }

  /// The preprocessing of the study that was opened or made.
  Pipeline pipeline() {
    return Pipeline.parse(effective);
  }

  private StudyConfig config(Path folder, String dataset) {
    effective = preprocess == null ? DEFAULT_PIPELINE : Pipeline.parse(preprocess).toString();
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return StudyConfig.of(name == null ? "study" : name.toString(), dataset)
        .withPipeline(effective)
        .withSampleCount(observations == null ? DEFAULT_OBSERVATIONS : observations)
        .withSeed(sampleSeed == null ? 0 : sampleSeed);
  }

  private void requireSame(Study study, String dataset) {
    StudyInfo info = study.info();
    effective = info.pipeline();
    if (!dataset.equals(info.dataset().name())
        && !Datasets.open(dataset).digest().equals(info.dataset().digest())) {
      throw new IllegalArgumentException(
          study.folder()
              + " is a study of "
              + info.dataset().name()
              + ", not of "
              + dataset
              + "; name another folder with --study");
    }
    if (preprocess != null && !Pipeline.parse(preprocess).toString().equals(info.pipeline())) {
      throw differs(study, "preprocesses with " + info.pipeline(), "--preprocess " + preprocess);
    }
    if (observations != null && observations != info.sample().count()) {
      throw differs(
          study,
          "looks at " + info.sample().count() + " observations",
          "--observations " + observations);
    }
    if (sampleSeed != null && sampleSeed != info.sample().seed()) {
      throw differs(
          study,
          "drew its sample with seed " + info.sample().seed(),
          "--sample-seed " + sampleSeed);
    }
  }

  private static IllegalArgumentException differs(Study study, String has, String asked) {
    return new IllegalArgumentException(
        study.folder()
            + " "
            + has
            + ", which a study never changes, so "
            + asked
            + " needs another folder");
  }
}
