package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static io.inscape.web.ImportRoutesTest.next;
import static io.inscape.web.ImportRoutesTest.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.activation.NpyFile;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.small.SmallStudy;
import io.inscape.study.ActivationSource;
import io.inscape.study.ActivationStudyConfig;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.run.RunInfo;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Activations that were made elsewhere, brought over real HTTP into a new study and into one that
/// is open.
@Timeout(120)
class ImportActivationsTest {
  private static final int COUNT = 30;
  private static final int UNITS = 4;

  @TempDir private Path folder;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  @AfterEach
  void nothingOfOursFailed() {
    assertThat(failures).isEmpty();
  }

  private Path study() {
    return folder.resolve("new");
  }

  /// Labels of three classes and the epochs of a run.
  private Path write(String run, int... epochs) throws IOException {
    Path root = Files.createDirectories(folder.resolve("elsewhere"));
    int[] labels = new int[COUNT];
    Arrays.setAll(labels, i -> i % 3);
    NpyFile.writeInts(root.resolve("labels.npy"), labels, COUNT);
    for (int epoch : epochs) {
      Path here = root.resolve(run).resolve("epoch-" + epoch);
      float[] values = new float[COUNT * UNITS];
      float[] predictions = new float[COUNT * 3];
      for (int i = 0; i < COUNT; i++) {
        values[i * UNITS] = epoch + i;
        predictions[i * 3 + labels[i]] = 1;
      }
      NpyFile.writeFloats(here.resolve("fc1.npy"), values, COUNT, UNITS);
      NpyFile.writeFloats(here.resolve("predictions.npy"), predictions, COUNT, 3);
    }
    return root;
  }

  /// Probabilities that are none.
  private static void spoil(Path predictions) {
    float[] values = new float[COUNT * 3];
    Arrays.fill(values, 2);
    NpyFile.writeFloats(predictions, values, COUNT, 3);
  }

  private static String area(Client client) {
    HttpResponse<byte[]> answer = client.post("/api/imports", "{}");
    return "/api/imports/" + json(answer).get("id").asText();
  }

  private static void upload(Client client, String area, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        HttpResponse<byte[]> answer =
            client.upload(
                area + "/files?path=activations/elsewhere/" + root.relativize(file),
                Files.readAllBytes(file));
        assertThat(answer.statusCode()).as(message(answer)).isEqualTo(200);
      }
    }
  }

  private static final String ORDER =
      """
      {"activations":{"staged":"activations/elsewhere"},"model":null,"study":"Brought","observations":20}
      """;

  private static final String ADD = "{\"activations\":{\"staged\":\"activations/elsewhere\"}}";

  @Test
  void makeAStudyThatHoldsThem() throws Exception {
    try (ImportServer server =
            ImportServer.start(ServerConfig.loopback(0), study(), 1, failures::add);
        Client client = new Client(server.port())) {
      String area = area(client);
      upload(client, area, write("jax", 0, 2));
      JsonNode found = json(client.post(area + "/look", ORDER));
      assertThat(found.get("ready").asBoolean()).as(found.toString()).isTrue();
      assertThat(found.at("/activations/observations").asInt()).isEqualTo(COUNT);
      assertThat(found.at("/activations/runs/0/epochs").toString()).isEqualTo("[0,2]");
      assertThat(found.at("/activations/runs/0/layers/0/units").asInt()).isEqualTo(UNITS);
      assertThat(found.at("/views").size()).isPositive();
      assertThat(client.get(area + "/examples").statusCode()).isEqualTo(400);
      Stream<String> events = client.stream(area + "/events").body();
      assertThat(client.post(area + "/start", ORDER).statusCode()).isEqualTo(202);
      server.await();
      assertThat(next(events.iterator(), "done").get("run").asText()).isEqualTo("jax");
      events.close();
    }
    try (Study opened = Study.open(study());
        Workers workers = Workers.of(1)) {
      assertThat(opened.info().name()).isEqualTo("Brought");
      assertThat(opened.count()).isEqualTo(20);
      assertThat(opened.info().dataset().activationFolder()).isEqualTo("data/elsewhere");
      assertThat(opened.run("jax").info().snapshots()).containsExactly(0, 2);
      assertThat(
              opened
                  .vectors(new ActivationSource.Layer("jax", 2, "fc1"), workers, Progress.none())
                  .get(0, 0))
          .isEqualTo(2 + opened.sample()[0]);
    }
    assertThat(study().resolve(".staging")).doesNotExist();
  }

  @Test
  void comeBackWhereTheImportFails() throws Exception {
    Path root = write("jax", 0, 2);
    spoil(root.resolve("jax/epoch-2/predictions.npy"));
    try (ImportServer server =
            ImportServer.start(ServerConfig.loopback(0), study(), 1, failures::add);
        Client client = new Client(server.port())) {
      String area = area(client);
      upload(client, area, root);
      Stream<String> events = client.stream(area + "/events").body();
      assertThat(client.post(area + "/start", ORDER).statusCode()).isEqualTo(202);
      assertThat(next(events.iterator(), "failed").get("message").asText())
          .contains("write the outputs after softmax");
      until(() -> json(client.get(area)).get("state").asText().equals("failed"));
      events.close();
      assertThat(Study.exists(study())).isFalse();
      assertThat(study().resolve("data")).doesNotExist();
      upload(client, area, write("jax", 2));
      assertThat(client.post(area + "/start", ORDER).statusCode()).isEqualTo(202);
      server.await();
    }
    assertThat(Study.exists(study())).isTrue();
  }

  @Test
  void stayWhereTheyAreOnThisMachine() throws Exception {
    Path root = write("jax", 1);
    try (ImportServer server =
            ImportServer.start(ServerConfig.loopback(0), study(), 1, failures::add);
        Client client = new Client(server.port())) {
      String area = area(client);
      String order = "{\"activations\":{\"path\":\"" + root + "\"}}";
      assertThat(client.post(area + "/start", order).statusCode()).isEqualTo(202);
      server.await();
    }
    assertThat(study().resolve("data")).doesNotExist();
    try (Study opened = Study.open(study())) {
      assertThat(opened.info().dataset().activationFolder()).isEqualTo(root.toString());
    }
  }

  /// A study of the run `jax` with epoch 1, whose files it holds itself or refers to.
  private Study open(boolean holds) throws IOException {
    Path root = write("jax", 1);
    Path place = holds ? study().resolve("data/elsewhere") : root;
    if (holds) {
      Files.createDirectories(study().resolve(".staging")); // as while it is uploaded
      Files.createDirectories(place.getParent());
      Files.move(root, place);
    }
    Study open = Study.createActivations(study(), ActivationStudyConfig.of("mine", place));
    List<RunInfo> _ = open.importActivations(false);
    return open;
  }

  @Test
  void joinTheOpenStudy() throws Exception {
    try (Study open = open(true);
        Workers workers = Workers.of(1);
        JobQueue queue = JobQueue.start(open, workers);
        Server server = Server.start(ServerConfig.loopback(0), open, queue, failures::add);
        Client client = new Client(server.port())) {
      Path held = study().resolve("data/elsewhere");
      String area = area(client);
      Path root = write("jax", 1, 3);
      write("tf", 7);
      spoil(root.resolve("tf/epoch-7/predictions.npy"));
      upload(client, area, root);
      JsonNode found = json(client.post(area + "/look", ADD));
      assertThat(found.get("problems").toString()).isEqualTo("[]");
      assertThat(found.at("/activations/runs/0/fresh").toString()).isEqualTo("[3]");

      client.post(area + "/start", ADD);
      until(() -> json(client.get(area)).get("state").asText().equals("failed"));
      assertThat(open.runs()).hasSize(1);
      assertThat(open.run("jax").info().snapshots()).containsExactly(1);
      assertThat(held.resolve("jax/epoch-3")).doesNotExist();

      upload(client, area, write("tf", 7));
      assertThat(client.post(area + "/start", ADD).statusCode()).isEqualTo(202);
      until(() -> json(client.get(area)).get("state").asText().equals("done"));
      assertThat(open.run("jax").info().snapshots()).containsExactly(1, 3);
      assertThat(open.run("tf").info().snapshots()).containsExactly(7);
      assertThat(held.resolve("tf/epoch-7/fc1.npy")).exists();
    }
  }

  @Test
  void areRefusedWhereTheyCannotJoin() throws Exception {
    try (Study open = open(false);
        Workers workers = Workers.of(1);
        JobQueue queue = JobQueue.start(open, workers);
        Server server = Server.start(ServerConfig.loopback(0), open, queue, failures::add);
        Client client = new Client(server.port())) {
      String area = area(client);
      Path root = write("jax", 1, 3);
      upload(client, area, root);
      HttpResponse<byte[]> refused = client.post(area + "/start", ADD);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(message(refused)).contains("refers to the activations where they lie, in " + root);
      String other = "{\"activations\":{\"path\":\"" + root.resolve("jax") + "\"}}";
      assertThat(client.post(area + "/start", other).statusCode()).isEqualTo(400);
      String same = "{\"activations\":{\"path\":\"" + root + "\"}}";
      assertThat(client.post(area + "/start", same).statusCode()).isEqualTo(202);
      until(() -> json(client.get(area)).get("state").asText().equals("done"));
      assertThat(open.run("jax").info().snapshots()).containsExactly(1, 3);
    }
    try (Study networks = SmallStudy.create(Files.createDirectory(folder.resolve("networks")));
        Workers workers = Workers.of(1);
        JobQueue queue = JobQueue.start(networks, workers);
        Server server = Server.start(ServerConfig.loopback(0), networks, queue, failures::add);
        Client client = new Client(server.port())) {
      String area = area(client);
      upload(client, area, folder.resolve("elsewhere"));
      HttpResponse<byte[]> refused = client.post(area + "/start", ADD);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(message(refused)).contains("make a new study for them").doesNotContain(".staging");
    }
  }
}
