package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.activation.NpyFile;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.PcaParams;
import io.inscape.small.SmallData;
import io.inscape.small.SmallStudy;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What leaves a study, as typed.
@Timeout(120)
final class ShareCommandsTest {
  @TempDir private static Path folder;
  private static Path study;
  private static AnalysisResult layout;

  @BeforeAll
  static void makeStudy() {
    try (Study made = SmallStudy.create(folder);
        Workers workers = Workers.of(1)) {
      layout =
          new Results(made)
              .compute(
                  ProjectionAnalysis.of(
                      new ActivationSource.Layer("small", 2, "fc1"), PcaParams.defaults()),
                  workers,
                  Progress.none());
    }
    study = folder.resolve("study");
  }

  private static Typed export(String... more) {
    List<String> words = new ArrayList<>(List.of("export", "--study", study.toString()));
    words.addAll(List.of(more));
    return Typed.run(words.toArray(String[]::new));
  }

  @Test
  void printsCsv() {
    Typed typed = export("--what", "metrics");
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.out().lines())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("run,epoch,train_loss");
    assertThat(export("--query", "SELECT count(*) AS n FROM predictions WHERE epoch = 2").out())
        .isEqualTo("n\r\n" + SmallData.TEST + "\r\n");
  }

  @Test
  void writesALayoutInEveryFormat() throws IOException {
    String digest = layout.digest().substring(0, 10);
    Path csv = folder.resolve("l.csv");
    Typed typed = export("--result", digest, "--rows", "3,5", "-o", csv.toString(), "--json");
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.json().get("rows").asInt()).isEqualTo(2);
    assertThat(typed.json().at("/files/1").asText()).endsWith("l.csv.json");
    assertThat(Files.readString(csv)).startsWith("row,id,class,label,x,y,").contains("\r\n5,5,");
    Path parquet = folder.resolve("l.parquet");
    assertThat(export("--result", digest, "-o", parquet.toString()).code()).isZero();
    assertThat(Files.readAllBytes(parquet)).startsWith('P', 'A', 'R', '1');
    Path columns = folder.resolve("l");
    assertThat(export("--result", digest, "--format", "npy", "-o", columns.toString()).code())
        .isZero();
    assertThat(NpyFile.read(columns.resolve("x.npy")).shape()).containsExactly(SmallData.TEST);
  }

  @Test
  void saysWhatIsWrong() {
    export()
        .refused(
            "name one of --what, --result and --query, got 0; the tables are runs, metrics, recalls,"
                + " observations, predictions, quality, scores, results");
    export("--what", "metrics", "--format", "parquet")
        .refused("only CSV goes to standard output; add --output FILE for anything else");
    export("--what", "nothing")
        .refused(
            "there is no table \"nothing\"; there are runs, metrics, recalls, observations,"
                + " predictions, quality, scores, results");
    export("--result", "abcdef0")
        .refused("no result of the study begins with abcdef0; --what results lists them");
    export("--query", "SELECT 1", "--rows", "1")
        .refused("--rows cannot go with --query; write WHERE row IN (...) instead");
    Typed.run("publish", "--study", study.toString(), "--views", "neurons", "-o", "x.html")
        .refused(
            "the view neurons asks the server anew for whatever is pointed at, and what can be"
                + " published is overview, projection, compare, evolution, weights, classes,"
                + " network");
    Typed.run("serve", study.toString(), "--writable", "--port", "0")
        .refused(
            "--to and --writable are about a packed study, and "
                + study
                + " is none; leave them out");
  }

  @Test
  void packsAStudyThatOpensElsewhere() throws IOException {
    Path file = folder.resolve("small.inscape");
    Typed typed = Typed.run("pack", study.toString(), file.toString(), "--without", "activations");
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.err()).containsPattern("Packed \\d+ files of [\\d,]+ bytes into [\\d,]+");
    Path cut = folder.resolve("cut.inscape");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 50));
    Typed refused = Typed.run("serve", cut.toString(), "--port", "0");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("cut.inscape").contains("it is cut or was changed");
    assertThat(folder.resolve("cut")).doesNotExist();
  }

  @Test
  void publishesAPageThatLoadsNothing() throws IOException {
    Path file = folder.resolve("page.html");
    Typed typed =
        Typed.run(
            "publish",
            "--study",
            study.toString(),
            "--views",
            "overview,projection",
            "-o",
            file.toString());
    if (typed.err().contains("the page is not in this build")) {
      return; // built without Node; the page's own tests look at the rest
    }
    assertThat(typed.code()).as(typed.err()).isZero();
    String html = Files.readString(file);
    assertThat(html)
        .contains("\"views\":[\"overview\",\"projection\"]")
        .contains("\"results/" + layout.digest() + "/columns/layout\"")
        .contains("Content-Security-Policy")
        .doesNotContain(folder.toString())
        .doesNotContainPattern("<script[^>]* src=")
        .doesNotContainPattern("<link[^>]* href=\"(?!data:)");
  }
}
