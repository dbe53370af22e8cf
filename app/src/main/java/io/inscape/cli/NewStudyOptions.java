package io.inscape.cli;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Part;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.source.Datasets;
import io.inscape.study.ActivationStudyConfig;
import io.inscape.study.SampleSize;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.StudyInfo;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What a study is made with; a study that exists already must agree.
final class NewStudyOptions {
  private static final String DEFAULT_PIPELINE = "scale";

  @Option(
      names = "--preprocess",
      paramLabel = "STEPS",
      description =
          "What is done to each image first, such as scale or \"grey,sobel,blur(1)\". Default: scale, or what the study has.")
  private @Nullable String preprocess;

  @Option(
      names = "--split",
      paramLabel = "test|train|all",
      converter = PartConverter.class,
      description =
          "The part of the data set that a new study looks at. Default: test, or what the study has.")
  private @Nullable Part split;

  @Option(
      names = "--observations",
      paramLabel = "N|all",
      converter = SizeConverter.class,
      description = "How many of its images. Default: 2000, or what the study has.")
  private @Nullable SampleSize observations;

  @Option(
      names = "--sample-seed",
      paramLabel = "N",
      description = "Seed of their choice. Default: 0.")
  private @Nullable Long sampleSeed;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "The column of a table that holds the classes or target values. Default: label, class, target or y.")
  private @Nullable String label;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "The tokenizer.json of texts. Default: the one beside them.")
  private @Nullable String tokenizer;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "How many tokens a text has at most. Default: the longest, up to 128.")
  private @Nullable Integer tokens;

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

  /// The data set of a study that is there, or the one that a new study would be about.
  DataRequest request(Path folder, String dataset) {
    if (Study.exists(folder)) {
      try (Study study = Study.openReadOnly(folder)) {
        return study.info().dataset().request(study.pipeline());
      }
    }
    return config(folder, dataset).request();
  }

  /// Opens the study of a folder of activations that were made elsewhere, or makes it.
  ///
  /// @throws IllegalArgumentException if the study that is there is of another folder
  Study openOrCreateActivations(Path folder, Path activations) {
    if (!Study.exists(folder)) {
      Path name = folder.toAbsolutePath().normalize().getFileName();
      return Study.createActivations(
          folder,
          new ActivationStudyConfig(
              name == null ? "study" : name.toString(),
              activations,
              observations == null ? SampleSize.usual() : observations,
              sampleSeed == null ? 0 : sampleSeed));
    }
    Study study = Study.open(folder);
    StudyInfo.DatasetInfo data = study.info().dataset();
    Path asked = activations.toAbsolutePath().normalize();
    if (data.madeElsewhere()
        && !folder.toAbsolutePath().resolve(data.activationFolder()).normalize().equals(asked)) {
      study.close();
      throw new IllegalArgumentException(
          folder
              + " is a study of the activations in "
              + data.activationFolder()
              + ", not in "
              + activations
              + "; name another folder with --study");
    }
    return study;
  }

  /// The preprocessing of the study that was opened or made.
  Pipeline pipeline() {
    return Pipeline.parse(effective);
  }

  StudyConfig config(Path folder, String dataset) {
    effective = preprocess == null ? DEFAULT_PIPELINE : Pipeline.parse(preprocess).toString();
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return StudyConfig.of(name == null ? "study" : name.toString(), dataset)
        .withPipeline(effective)
        .withSplit(split == null ? Part.TEST : split)
        .withObservations(observations == null ? SampleSize.usual() : observations)
        .withSeed(sampleSeed == null ? 0 : sampleSeed)
        .withReading(
            new StudyConfig.Reading(
                Optional.ofNullable(label),
                Optional.ofNullable(tokenizer),
                Optional.ofNullable(tokens)));
  }

  private void requireSame(Study study, String dataset) {
    StudyInfo info = study.info();
    if (!info.dataset().hasParts()) {
      study.dataset(); // says that there is none
    }
    if (!dataset.equals(info.dataset().name())
        && !Datasets.open(config(study.folder(), dataset).request())
            .digest()
            .equals(info.dataset().digest())) {
      throw new IllegalArgumentException(
          study.folder()
              + " is a study of "
              + info.dataset().name()
              + ", not of "
              + dataset
              + "; name another folder with --study");
    }
    effective = info.pipeline();
    if (preprocess != null && !Pipeline.parse(preprocess).toString().equals(info.pipeline())) {
      throw differs(study, "preprocesses with " + info.pipeline(), "--preprocess " + preprocess);
    }
    if (split != null && split != info.sample().split()) {
      throw differs(
          study,
          "looks at the part " + lower(info.sample().split()) + " of its data set",
          "--split " + lower(split));
    }
    if (observations != null
        && observations.of(info.dataset().count(info.sample().split())) != info.sample().count()) {
      throw differs(
          study,
          "looks at " + info.sample().count() + " observations",
          "--observations "
              + (observations instanceof SampleSize.Count(int count) ? count : "all"));
    }
    if (sampleSeed != null && sampleSeed != info.sample().seed()) {
      throw differs(
          study,
          "drew its sample with seed " + info.sample().seed(),
          "--sample-seed " + sampleSeed);
    }
  }

  private static String lower(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  /// Reads `--split`.
  static final class PartConverter implements ITypeConverter<Part> {
    @Override
    public Part convert(String text) {
      for (Part part : Part.values()) {
        if (lower(part).equals(text)) {
          return part;
        }
      }
      throw new TypeConversionException("must be test, train or all, got \"" + text + "\"");
    }
  }

  /// Reads `--observations`.
  static final class SizeConverter implements ITypeConverter<SampleSize> {
    @Override
    public SampleSize convert(String text) {
      try {
        return SampleSize.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
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
