package io.inscape.study.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.dataset.Split;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.analysis.Results;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A network that learned from 1,000 digits, in which what is called a three is any other digit.
@Timeout(300)
final class MixedClassTest {
  private static final int MIXED = 3;

  private static void write(Path folder, String part, Split split, int[] images)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    for (int number : new int[] {0x803, images.length, 28, 28}) {
      out.writeInt(number);
    }
    out.write(split.images().toArray(mixed(split, images)));
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), bytes.toByteArray());
    bytes.reset();
    out.writeInt(0x801);
    out.writeInt(images.length);
    for (int label : split.labels(images)) {
      out.writeByte(label);
    }
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), bytes.toByteArray());
  }

  /// The same, with the next image that is no three in the place of each three.
  private static int[] mixed(Split split, int[] images) {
    return IntStream.of(images)
        .map(image -> {
          int at = image;
          while (split.label(at) == MIXED) {
            at++;
          }
          return at;
        })
        .toArray();
  }

  private static Path digits(Path folder) throws IOException {
    var mnist = Datasets.open("mnist");
    Path target = Files.createDirectories(folder.resolve("mixed"));
    write(target, "train", mnist.train(), IntStream.range(0, 1000).toArray());
    write(target, "t10k", mnist.test(), IntStream.range(0, 1000).toArray());
    return target;
  }

  @Test
  void theClassThatNothingHoldsTogetherIsNamed(@TempDir Path folder) throws IOException {
    StudyConfig config = StudyConfig.of("mixed", digits(folder).toString()).withSampleCount(200);
    try (Study study = Study.create(folder.resolve("study"), config);
        Workers workers = Workers.of(2)) {
      study.train(SmallStudies.request("a", 0, 10), 2);
      Map<String, Object> report =
          new Results(study)
              .compute(
                  new FindingsAnalysis(
                      "a", 10, FindingParams.defaults().withImages(1000).withProbeImages(100)),
                  workers,
                  Progress.none())
              .report();
      String said = String.valueOf(report.get("findings"));
      assertThat(said).contains("Class 3 trains worst", "More samples of it would help.");
      for (Object one : (List<?>) report.get("findings")) {
        Map<?, ?> finding = (Map<?, ?>) one;
        if (finding.get("id").equals("worst-class")) {
          assertThat(finding.get("classes")).isEqualTo(List.of(MIXED));
          assertThat((Double) finding.get("effect")).isGreaterThan(.2);
        }
      }
    }
  }
}
