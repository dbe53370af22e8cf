package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.matrix.Workers;
import io.inscape.network.Network;
import io.inscape.small.SmallStudy;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Weights and graph of a run over HTTP.
@Timeout(120)
class WeightRoutesTest {
  @TempDir static Path folder;
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static final List<Throwable> FAILURES = new CopyOnWriteArrayList<>();
  private static Study study;
  private static Client client;

  private static <T extends AutoCloseable> T opened(T thing) {
    OPEN.addFirst(thing);
    return thing;
  }

  @BeforeAll
  static void serve() {
    study = opened(SmallStudy.create(folder));
    Workers workers = opened(Workers.of(2));
    JobQueue queue = opened(JobQueue.start(study, workers));
    Server server = opened(Server.start(ServerConfig.loopback(0), study, queue, FAILURES::add));
    client = opened(new Client(server.port()));
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable thing : OPEN) {
      thing.close();
    }
    assertThat(FAILURES).isEmpty();
  }

  private static JsonNode get(String path) {
    HttpResponse<byte[]> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer);
  }

  private static float[] weights(int epoch) {
    Network network = study.run(SmallStudy.RUN).network(epoch);
    return Objects.requireNonNull(network.parameters().get("fc1.weight")).floats();
  }

  @Test
  void aRunTellsOfEveryEpochAndItsUpdates() {
    JsonNode run = get("/api/runs/small/weights");
    assertThat(run.get("architecture").asText()).isEqualTo("rmlp");
    assertThat(run.get("tensors")).hasSize(4);
    assertThat(run.at("/tensors/0/shape")).hasToString("[1000,64]");
    assertThat(run.get("epochs")).hasSize(3);
    assertThat(run.get("divergedAt").isNull()).isTrue();
    assertThat(run.at("/epochs/0/tensors/0/update").isNull()).isTrue();
    JsonNode last = run.at("/epochs/2");
    assertThat(last.get("exact").asBoolean()).isTrue();
    assertThat(last.get("testAccuracy").isNumber()).isTrue();
    assertThat(last.at("/tensors/0/quartiles")).hasSize(3);
    assertThat(last.at("/tensors/0/update/ratio").asDouble()).isBetween(-6.0, 1.0);
    double sum = 0;
    for (float weight : weights(2)) {
      sum += weight;
    }
    assertThat(last.at("/tensors/0/mean").asDouble())
        .isCloseTo(sum / 64_000, org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void histogramsOfAllEpochsComeAtOnce() {
    JsonNode found = get("/api/weights/histograms?runs=small&layer=fc1&bins=32");
    int bins = found.get("bins").asInt();
    assertThat(bins).isBetween(2, 32);
    assertThat(found.at("/runs/0/epochs")).hasToString("[0,1,2]");
    int[] expected = new int[bins];
    for (float weight : weights(2)) {
      double bin = Math.floor(weight / found.get("width").asDouble());
      expected[(int) bin - found.get("first").asInt()]++;
    }
    JsonNode counts = found.at("/runs/0/counts/2");
    assertThat(counts).hasSize(bins);
    for (int bin = 0; bin < bins; bin++) {
      assertThat(counts.get(bin).asInt()).isEqualTo(expected[bin]);
    }
    JsonNode updates =
        get("/api/weights/histograms?runs=small&layer=logits&kind=biases&of=updates");
    assertThat(updates.at("/runs/0/epochs")).hasToString("[1,2]");
  }

  @Test
  void twoNetworksAreCompared() {
    JsonNode found = get("/api/weights/distances?a=small/0&b=small/2");
    assertThat(found.get("tensors")).hasSize(4);
    assertThat(found.at("/tensors/0/exact").asBoolean()).isTrue();
    assertThat(found.at("/tensors/0/ks").asDouble()).isBetween(0.0, 1.0);
    assertThat(found.at("/tensors/0/why").isNull()).isTrue();
    assertThat(get("/api/weights/distances?a=small/2&b=small/2").at("/tensors/0/ks").asDouble())
        .isZero();
  }

  @Test
  void aMatrixHasSendersInRows() {
    String address = "/api/runs/small/epochs/2/matrix";
    HttpResponse<byte[]> window =
        client.get(address + "?tensor=fc1.weight&from=3&to=7&left=10&right=20");
    assertThat(window.headers().firstValue("Inscape-Shape")).hasValue("4,10");
    assertThat(window.headers().firstValue("Inscape-Block")).hasValue("1");
    float[] values = weights(2);
    float[] part = Client.floats(window);
    for (int row = 0; row < 4; row++) {
      for (int col = 0; col < 10; col++) {
        assertThat(part[row * 10 + col]).isEqualTo(values[(10 + col) * 64 + 3 + row]);
      }
    }
    assertThat(client.get(address + "?tensor=fc1%20weights").headers().firstValue("Inscape-Shape"))
        .hasValue("8,125");
    JsonNode about = get(address + "/about?tensor=fc1.weight");
    assertThat(about.get("senders").asInt()).isEqualTo(64);
    assertThat(about.get("receivers").asInt()).isEqualTo(1000);
    assertThat(about.get("scales")).hasSize(3);
  }

  @Test
  void theGraphIsDescribed() {
    JsonNode graph = get("/api/runs/small/graph");
    assertThat(graph.get("nodes").size()).isGreaterThan(4);
    assertThat(graph.get("parameterCount").asLong())
        .isEqualTo(study.run("small").info().parameterCount());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/runs/none/weights, 404, there is no run none",
    "/api/runs/none/graph, 404, there is no run none",
    "/api/weights/histograms?layer=fc1, 400, 'runs must name at least one run, got none'",
    "/api/weights/histograms?runs=small, 400, 'layer must be a layer''s name, such as fc1, got none'",
    "/api/weights/histograms?runs=small&layer=fc9, 404, run small has no weights of a layer 'fc9'",
    "/api/weights/histograms?runs=small&layer=fc1&kind=all, 400, 'kind must be weights or biases, got \"all\"'",
    "/api/weights/histograms?runs=small&layer=fc1&of=all, 400, 'of must be values or updates, got \"all\"'",
    "/api/weights/histograms?runs=small&layer=fc1&bins=1, 400, 'bins must be from 2 to 1024, got 1'",
    "/api/weights/histograms?runs=small&layer=fc1&bins=2000, 400, 'bins must be from 2 to 1024, got 2000'",
    "/api/weights/distances?a=small/0, 400, 'b must be a run and an epoch, such as mlp/5, got none'",
    "/api/weights/distances?a=small/0&b=small, 400, 'such as mlp/5, got \"small\"'",
    "/api/weights/distances?a=small/0&b=small/7, 404, nothing is known of the weights of run small after epoch 7",
    "/api/runs/small/epochs/7/matrix?tensor=fc1.weight, 404, run small keeps no epoch 7",
    "/api/runs/small/epochs/2/matrix, 400, 'tensor must be a tensor''s name, such as fc1.weight, got none'",
    "/api/runs/small/epochs/2/matrix?tensor=x, 404, run small has no tensor 'x'",
    "/api/runs/small/epochs/2/matrix?tensor=fc1.weight&to=65, 400, 'rows must be a range within [0, 64)'",
    "/api/runs/small/epochs/2/matrix?tensor=fc1.weight&left=-1, 400, 'columns must be a range within [0, 1000)'",
    "/api/runs/small/epochs/2/matrix?tensor=fc1.weight&cells=2000, 400, 'cells must be from 1 to 1024, got 2000'",
  })
  void refusesWhatThereIsNotInASentence(String path, int status, String sentence) {
    HttpResponse<byte[]> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(message(answer)).contains(sentence);
  }
}
