package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inscape.cli.option.MethodOptions;
import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.Projections;
import io.inscape.small.SmallData;
import io.inscape.study.Study;
import io.inscape.terminal.Console;
import io.inscape.training.TrainingParams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
@TestMethodOrder(MethodOrderer.MethodName.class)
class InscapeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path data;
  private static Path study;

  @BeforeAll
  static void trainOnce() {
    data = SmallData.write(folder.resolve("data"));
    study = folder.resolve("study");
    Outcome trained = train("--epochs", "0,2", "--json");
    assertThat(trained.err()).isEqualTo(trained.err().replace("inscape:", ""));
    assertThat(trained.code()).isZero();
    assertThat(trained.json().get("state").asText()).isEqualTo("complete");
    assertThat(trained.json().get("snapshots").toString()).isEqualTo("[0,2]");
  }

  @Test
  void explainsItselfAndEveryCommand() {
    Outcome help = run("--help");
    assertThat(help.code()).isZero();
    for (String command :
        Inscape.commandLine(console(new ByteArrayOutputStream(), new ByteArrayOutputStream()))
            .getSubcommands()
            .keySet()) {
      assertThat(help.out()).contains("  " + command);
      Outcome own = run(command, "--help");
      assertThat(own.code()).as(command).isZero();
      assertThat(own.out()).as(command).contains("Usage: inscape " + command, "--json", "--quiet");
    }
    assertThat(run().code()).isEqualTo(2);
    assertThat(run().err()).contains("demo");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version").out()).startsWith("Inscape 0.");
    assertThat(run("version", "--json").json().get("version").asText()).startsWith("0.");
  }

  @Test
  void answersWrongInputWithOneSentenceAndCodeTwo() {
    assertSentence(run("dance"), "dance");
    assertSentence(run("train", data.toString(), "--model", "mlp"), "--study");
    assertSentence(train("--epochs", "0,x"), "x");
    assertSentence(train("--epochs", "-1"), "epochs must be at least 0, got -1");
    assertSentence(train("--dropout", "1.5"), "1.5");
    assertSentence(train("--threads", "0"), "--threads must be at least 1, got 0");
    assertSentence(train("--learning-rate", "-1"), "-1");
    assertSentence(
        run("train", data.toString(), "--model", "tree", "--study", study.toString()),
        "--model must be mlp, cnn, rmlp");
    assertSentence(
        run(
            "train",
            folder.resolve("none").toString(),
            "--model",
            "mlp",
            "--study",
            folder.resolve("new").toString()),
        "none");
    assertSentence(
        run(
            "train",
            data.toString(),
            "--model",
            folder.resolve("none.onnx").toString(),
            "--study",
            study.toString()),
        "none.onnx");
    assertSentence(run("serve", data.toString()), "no study in");
    assertSentence(run("serve", "--read-only", folder.resolve("none").toString()), "none");
    assertSentence(run("import", "--study", study.toString(), "--data", "mnist"), "--model");
    assertSentence(run("serve", study.toString(), "--port", "70000"), "70000");
    assertSentence(run("capture", "--study", study.toString(), "--run", "nobody"), "nobody");
    assertSentence(
        run("capture", "--study", study.toString(), "--run", "rmlp", "--layers", "fc9"), "fc9");
    assertSentence(
        run("reproduce", "rauber2016"),
        "the paper must be rauber2017 or cantareira2020, got \"rauber2016\"");
    assertSentence(
        run("reproduce", "rauber2017", "--models", "mlp"),
        "--models, --dataset and --control are of cantareira2020");
    assertSentence(
        run("reproduce", "cantareira2020", "--models", "mlp,lenet"),
        "--models must be some of mlp, rmlp and cnn, each once, got mlp,lenet");
    assertSentence(
        run("reproduce", "rauber2017", "--epochs", "0"), "--epochs must be at least 1, got 0");
    assertSentence(figure("--method", "magic"), "magic");
    assertSentence(figure("--perplexity", "1"), "perplexity");
    assertSentence(figure("--perplexity", "many"), "many");
    assertSentence(
        figure("--method", "pca", "--perplexity", "5"),
        "--perplexity is an option of t-SNE, not of PCA");
  }

  @Test
  void leavesNoStudyWhereThereAreNoData() {
    run(
        "train",
        folder.resolve("none").toString(),
        "--model",
        "mlp",
        "--study",
        folder.resolve("fresh").toString());
    assertThat(Study.exists(folder.resolve("fresh"))).isFalse();
  }

  @Test
  void trainingAgainFindsEverythingDone() {
    Outcome again = train("--epochs", "0,2");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("run rmlp is complete");
    assertThat(train("--epochs", "0,2", "--quiet").err()).isEmpty();
  }

  @Test
  void keepsWhatAStudyWasMadeWith() {
    assertSentence(train("--batch-size", "8"), "rmlp");
    assertSentence(train("--preprocess", "scale,blur(1)"), "--preprocess");
    assertSentence(train("--observations", "10"), "--observations 10 needs another folder");
    assertSentence(train("--sample-seed", "3"), "--sample-seed 3 needs another folder");
  }

  @Test
  void trainsANetworkOfOnesOwn() {
    Path own = study.resolve("runs/rmlp/epoch-0000.onnx");
    Outcome trained =
        run(
            "train",
            data.toString(),
            "--model",
            own.toString(),
            "--study",
            study.toString(),
            "--run",
            "own",
            "--epochs",
            "1",
            "--batch-size",
            "32",
            "--json");
    assertThat(trained.code()).isZero();
    assertThat(trained.json().get("architecture").asText()).isEqualTo("epoch-0000.onnx");
    assertThat(trained.json().get("snapshots").toString()).isEqualTo("[0,1]");
  }

  @Test
  void capturesIntoFiles() throws IOException {
    Outcome captured =
        run("capture", "--study", study.toString(), "--run", "rmlp", "--layers", "fc1", "--json");
    assertThat(captured.code()).isZero();
    assertThat(captured.json()).hasSize(2);
    for (JsonNode file : captured.json()) {
      assertThat(Files.size(Path.of(file.asText()))).isGreaterThan(SmallData.TEST * 1000L * 4);
    }
  }

  @Test
  void drawsAFigure() throws IOException {
    Path file = folder.resolve("figures/fc1.svg");
    Outcome drawn = figure("--perplexity", "10", "--iterations", "50", "--output", file.toString());
    assertThat(drawn.code()).isZero();
    assertThat(drawn.out().strip()).isEqualTo(file.toString());
    assertThat(Files.readString(file))
        .contains("fc1 of rmlp after 2 epochs", "NH ", "trust ", "perplexity 10", "seed 0");
  }

  @Test
  void saysWhoHasTheStudyOpen() {
    try (Study open = Study.open(study)) {
      assertThat(open.readOnly()).isFalse();
      assertSentence(train("--epochs", "0,2"), Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertSentence(
          run("serve", study.toString(), "--port", "" + taken.getLocalPort()),
          "port " + taken.getLocalPort());
    }
  }

  @Test
  void stopsWithCode130AndKeepsWhatIsComplete() throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> outcomes.add(train("--run", "long", "--epochs", "1,100000")));
    Path complete = study.resolve("runs/long/epoch-0001.onnx");
    while (!Files.exists(complete)) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join();

    assertThat(outcomes.getFirst().code()).isEqualTo(130);
    assertThat(complete).exists();
    try (Study kept = Study.open(study)) {
      assertThat(kept.run("long").info().snapshots()).contains(0, 1);
    }
  }

  @Test
  void checksThisMachine() {
    Outcome checked = run("doctor", "--json");
    assertThat(checked.json().findValuesAsText("what"))
        .contains("Java", "ONNX Runtime", "PyTorch (DJL)", "Data: mnist", "Disk");
    Outcome text = run("doctor");
    assertThat(text.code()).isEqualTo(checked.code());
    assertThat(text.out().lines().count()).isEqualTo(checked.json().size());
  }

  @Test
  void everyOptionOfAMethodIsAFlag() {
    CommandLine figure =
        Inscape.commandLine(console(new ByteArrayOutputStream(), new ByteArrayOutputStream()))
            .getSubcommands()
            .get("figure");
    for (ProjectionMethod method : Projections.methods()) {
      for (ParameterField field : method.parameters()) {
        assertThat(figure.getCommandSpec().findOption(MethodOptions.flag(field.name())))
            .as(field.name())
            .isNotNull();
      }
    }
    assertThat(MethodOptions.flag("schedule.exaggerationIterations"))
        .isEqualTo("--schedule-exaggeration-iterations");
  }

  @Test
  void everyTrainingSettingIsAFlag() {
    Map<String, String> flags =
        Map.of(
            "optimiser.learningRate", "--learning-rate",
            "optimiser.momentum", "--momentum",
            "optimiser.decay", "--decay",
            "batchSize", "--batch-size",
            "snapshotEpochs", "--epochs",
            "shuffleLabels", "--shuffle-labels",
            "seed", "--seed");
    assertThat(Parameters.describe(TrainingParams.class).stream().map(ParameterField::name))
        .containsExactlyInAnyOrderElementsOf(flags.keySet());
    CommandLine train =
        Inscape.commandLine(console(new ByteArrayOutputStream(), new ByteArrayOutputStream()))
            .getSubcommands()
            .get("train");
    flags
        .values()
        .forEach(flag -> assertThat(train.getCommandSpec().findOption(flag)).as(flag).isNotNull());
  }

  private static Outcome train(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", data.toString(), "--model", "rmlp", "--study", study.toString()));
    if (!List.of(more).contains("--observations") && !Study.exists(study)) {
      arguments.addAll(List.of("--observations", "" + SmallData.TEST));
    }
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private static Outcome figure(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "figure",
                "--study",
                study.toString(),
                "--run",
                "rmlp",
                "--epoch",
                "2",
                "--layer",
                "fc1"));
    if (!List.of(more).contains("--output")) {
      arguments.addAll(List.of("--output", folder.resolve("unwanted.svg").toString()));
    }
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private static void assertSentence(Outcome outcome, String part) {
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("inscape: ").contains(part).doesNotContain("Exception");
    assertThat(outcome.err().strip().lines()).hasSize(1);
  }

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Inscape.run(console(out, err), arguments);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Console console(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        0);
  }

  private record Outcome(int code, String out, String err) {
    JsonNode json() {
      try {
        return MAPPER.readTree(out);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(out + err, e);
      }
    }
  }
}
