package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.activation.NpyFile;
import io.inscape.dataset.InputStatistics;
import io.inscape.dataset.Part;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.small.SmallData;
import io.inscape.study.SampleSize;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.VectorStudyConfig;
import io.inscape.study.analysis.JobQueue;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Studies of all images, of vectors, and such as are only looked at.
@Timeout(60)
class ObservationRoutesTest {
  private static final int ROWS = 6000; // more than one block of features
  private static final int COLS = 20;
  private static final String PCA =
      "{\"kind\":\"projection\",\"source\":{\"layer\":\"input\"},\"method\":\"pca\"}";

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final float[] values = new float[ROWS * COLS];

  private <T extends AutoCloseable> T opened(T thing) {
    open.addFirst(thing);
    return thing;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable thing : open) {
      thing.close();
    }
    assertThat(failures).isEmpty();
  }

  private Client serve(Study study) {
    opened(study);
    Workers workers = opened(Workers.of(2));
    JobQueue queue = opened(JobQueue.start(study, workers));
    Server server = opened(Server.start(ServerConfig.loopback(0), study, queue, failures::add));
    return opened(new Client(server.port()));
  }

  private Study images(Part part) {
    Path data = SmallData.write(folder.resolve("data"));
    return Study.create(
        folder.resolve("study"),
        StudyConfig.of("small", data.toString())
            .withSplit(part)
            .withObservations(new SampleSize.All()));
  }

  private Study vectors() {
    RandomGenerator random = Rng.of(5, "vectors");
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Path file = folder.resolve("vectors.npy");
    NpyFile.writeFloats(file, values, ROWS, COLS);
    return Study.createVectors(folder.resolve("study"), VectorStudyConfig.of("some", file));
  }

  @Test
  void imagesComeInBlocksOfAnySize() {
    Study study = images(Part.ALL);
    Client client = serve(study);
    byte[] all = client.get("/api/observations/images").body();
    assertThat(all).hasSize(390 * 64).isEqualTo(study.images());
    HttpResponse<byte[]> block = client.get("/api/observations/images?from=299&to=302");
    assertThat(block.headers().firstValue("Inscape-Shape")).hasValue("3,1,8,8");
    assertThat(block.headers().firstValue("Inscape-Type")).hasValue("uint8");
    assertThat(block.body()).isEqualTo(Arrays.copyOfRange(all, 299 * 64, 302 * 64));
    assertThat(client.get("/api/observations/images?from=389").body()).hasSize(64);
    assertThat(client.get("/api/observations/images?from=7&to=7").body()).isEmpty();
    JsonNode answer = json(client.get("/api/study"));
    assertThat(answer.at("/sample/split").asText()).isEqualTo("all");
    assertThat(answer.at("/sample/count").asInt()).isEqualTo(390);
    assertThat(answer.at("/dataset/kind").asText()).isEqualTo("images");
    assertThat(answer.at("/dataset/columns").asInt()).isEqualTo(64);
    assertThat(answer.at("/readOnly").asBoolean()).isFalse();
  }

  @Test
  void statisticsAndFeaturesOfImagesAreThoseOfTheLibrary() {
    Study study = images(Part.TEST);
    Client client = serve(study);
    JsonNode listed = json(client.get("/api/observations/statistics")).get("statistics");
    assertThat(listed).hasSize(5);
    for (JsonNode one : listed) {
      String name = one.get("name").asText();
      assertThat(one.get("title").asText()).isNotBlank();
      assertThat(one.get("text").asText()).isNotBlank();
      HttpResponse<byte[]> column = client.get("/api/observations/statistics/" + name);
      assertThat(column.headers().firstValue("Inscape-Shape")).hasValue("90");
      assertThat(Client.floats(column))
          .isEqualTo(InputStatistics.compute(study.content(), name, study.sample()));
    }
    HttpResponse<byte[]> features = client.get("/api/observations/features?columns=63,0");
    assertThat(features.headers().firstValue("Inscape-Shape")).hasValue("90,2");
    byte[] pixels = study.images();
    float[] pairs = Client.floats(features);
    for (int i = 0; i < 90; i++) {
      assertThat(pairs[2 * i]).isEqualTo((pixels[64 * i + 63] & 0xff) / 255f);
      assertThat(pairs[2 * i + 1]).isEqualTo((pixels[64 * i] & 0xff) / 255f);
    }
  }

  @Test
  void aStudyOfVectorsHasTheirFeaturesAndFiguresButNoImagesOrLabels() throws Exception {
    Client client = serve(vectors());
    JsonNode study = json(client.get("/api/study"));
    assertThat(study.at("/dataset/kind").asText()).isEqualTo("vectors");
    assertThat(study.at("/dataset/shape").isNull()).isTrue();
    assertThat(study.at("/dataset/columns").asInt()).isEqualTo(COLS);
    assertThat(study.at("/dataset/classNames")).isEmpty();
    assertThat(study.at("/runs")).isEmpty();
    float[] features = Client.floats(client.get("/api/observations/features?columns=3,19,3"));
    assertThat(features).hasSize(3 * ROWS);
    for (int i = 0; i < ROWS; i++) {
      assertThat(features[3 * i]).isEqualTo(values[i * COLS + 3]).isEqualTo(features[3 * i + 2]);
      assertThat(features[3 * i + 1]).isEqualTo(values[i * COLS + 19]);
    }
    assertThat(json(client.get("/api/observations/statistics")).findValuesAsText("name"))
        .containsExactly("norm", "mean", "sd");
    for (String path : List.of("images", "images?from=0&to=1", "labels", "statistics/ink")) {
      HttpResponse<byte[]> answer = client.get("/api/observations/" + path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(message(answer)).as(path).isNotBlank();
    }
    HttpResponse<byte[]> trained =
        client.post("/api/jobs", PCA.replace("\"layer\":\"input\"", "\"layer\":\"fc1\""));
    assertThat(trained.statusCode()).isEqualTo(400);
  }

  @Test
  void aResultSaysItsQualityDetailsEnergiesAndColumns() throws Exception {
    Study study = images(Part.TEST);
    Client client = serve(study);
    String request =
        PCA.replace("\"pca\"", "\"tsne\",\"parameters\":{\"perplexity\":10,\"iterations\":300}");
    JsonNode job = json(client.post("/api/jobs", request));
    assertThat(job.get("energyHistory").isArray()).isTrue();
    assertThat(job.get("details").isObject()).isTrue();
    String address = "/api/jobs/" + job.get("id").asText();
    while (!json(client.get(address)).get("state").asText().equals("done")) {
      Thread.onSpinWait();
    }
    JsonNode result = json(client.get("/api/results/" + job.get("digest").asText()));
    JsonNode energies = result.get("energyHistory");
    assertThat(energies.size()).isBetween(2, 400);
    assertThat(energies.get(0).get(0).asInt()).isZero();
    JsonNode last = energies.get(energies.size() - 1);
    assertThat(last.get(0).asInt()).isEqualTo(300);
    assertThat(last.get(1).asDouble()).isEqualTo(result.get("energy").asDouble());
    JsonNode quality = result.get("quality");
    for (String name :
        List.of(
            "trustworthiness",
            "continuity",
            "shepardGoodness",
            "ownNeighborhoodHit",
            "baseline",
            "neighborhoodHitOwnSpace",
            "neighborhoodHitBaseline")) {
      assertThat(quality.get(name).isNumber()).as(name).isTrue();
    }
    assertThat(quality.get("exact").asBoolean()).isTrue();
    JsonNode columns = result.get("columns");
    for (String name :
        List.of(
            "layout",
            "neighborhoodHit",
            "trustworthiness",
            "continuity",
            "neighborhoodPreservation",
            "stress")) {
      assertThat(columns.at("/" + name + "/shape/0").asInt()).as(name).isEqualTo(90);
      byte[] column =
          client.get("/api/results/" + result.get("digest").asText() + "/columns/" + name).body();
      assertThat(column).as(name).hasSize(name.equals("layout") ? 720 : 360);
    }
    JsonNode ended = json(client.get(address));
    assertThat(ended.get("energyHistory").size()).isBetween(2, 100);
  }

  @ParameterizedTest
  @CsvSource({
    "features, 'columns must be numbers such as 0,405, got none'",
    "features?columns=, 'columns must be numbers such as 0,405, got none'",
    "features?columns=64, 'columns must name features from 0 to 63, got 64'",
    "features?columns=-1, 'columns must name features from 0 to 63, got -1'",
    "'features?columns=1,x', 'columns takes whole numbers, got \"x\"'",
    "images?from=-1, 'observations must lie in [0, 90), got [-1, 90)'",
    "images?from=5&to=4, 'observations must lie in [0, 90), got [5, 4)'",
    "images?to=91, 'observations must lie in [0, 90), got [0, 91)'",
    "images?to=all, 'to takes whole numbers, got \"all\"'",
  })
  void refusesWhatThereIsNotInASentence(String path, String sentence) {
    Client client = serve(images(Part.TEST));
    HttpResponse<byte[]> answer = client.get("/api/observations/" + path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).isEqualTo(sentence);
  }

  @Test
  void takesAtMostSixtyFourFeaturesAtOnce() {
    Client client = serve(images(Part.TEST));
    String columns = "0" + ",0".repeat(64);
    HttpResponse<byte[]> answer = client.get("/api/observations/features?columns=" + columns);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).isEqualTo("columns must be at most 64 numbers, got 65");
  }

  @Test
  void aStudyThatIsOnlyLookedAtIsNeverChanged() {
    images(Part.TEST).close();
    Client client = serve(Study.openReadOnly(folder.resolve("study")));
    assertThat(json(client.get("/api/study")).at("/readOnly").asBoolean()).isTrue();
    assertThat(client.get("/api/observations/labels").statusCode()).isEqualTo(200);
    List<HttpResponse<byte[]>> changes =
        List.of(
            client.post("/api/jobs", PCA),
            client.post("/api/jobs/job-1/pause", "{}"),
            client.post("/api/jobs/job-1/resume", "{}"),
            client.send("DELETE", "/api/jobs/job-1", ""));
    for (HttpResponse<byte[]> answer : changes) {
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(message(answer)).contains("open for reading only");
    }
    assertThat(client.send("DELETE", "/api/study", "").statusCode()).isEqualTo(405);
    assertThat(json(client.get("/api/jobs"))).isEmpty();
    assertThat(folder.resolve("study").toFile().list())
        .containsExactlyInAnyOrder("study.json", "sample.npy", "sample-labels.npy", ".lock");
  }
}
