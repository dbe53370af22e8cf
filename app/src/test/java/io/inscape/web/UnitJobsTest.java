package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.small.SmallData;
import io.inscape.study.Study;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Maps, scores and trails of units over HTTP.
@Timeout(120)
final class UnitJobsTest {
  private static final String SOURCE = "{\"run\":\"small\",\"epoch\":2,\"layer\":\"fc1\"}";

  private static SmallServer small;
  private static Study study;
  private static Client client;

  @BeforeAll
  static void start(@TempDir Path folder) {
    small = SmallServer.start(folder, 64);
    study = small.study();
    client = small.client();
  }

  @AfterAll
  static void stop() {
    small.close();
  }

  @AfterEach
  void nothingOfOursFailed() {
    small.nothingOfOursFailed();
  }

  private static String shape(JsonNode result, String name) {
    HttpResponse<byte[]> column =
        client.get("/api/results/" + result.get("digest").asText() + "/columns/" + name);
    return column.headers().firstValue("Inscape-Type").orElse("")
        + " "
        + column.headers().firstValue("Inscape-Shape").orElse("");
  }

  @Test
  void mapsScoresAndTrailsAreComputedAndSentByColumn() throws InterruptedException {
    JsonNode map = small.computed("{\"kind\":\"units\",\"source\":" + SOURCE + "}");
    assertThat(map.get("method").asText()).isEqualTo("smacof");
    assertThat(map.at("/source/pooling").asText()).isEqualTo("none");
    int live = 1000 - map.at("/report/dead").size();
    assertThat(shape(map, "unit")).isEqualTo("int32 " + live);
    assertThat(shape(map, "layout")).isEqualTo("float32 " + live + ",2");
    JsonNode scores =
        small.computed(
            "{\"kind\":\"scores\",\"source\":" + SOURCE + ",\"parameters\":{\"trees\":30}}");
    assertThat(scores.get("method").asText()).isEqualTo("extra-trees");
    assertThat(scores.at("/parameters/spread").asBoolean()).isTrue();
    String byClass = "float32 " + SmallData.CLASSES + ",1000";
    for (String name : List.of("scores", "second", "mean")) {
      assertThat(shape(scores, name)).isEqualTo(byClass);
    }
    assertThat(shape(scores, "overall")).isEqualTo("float32 1000");
    assertThat(scores.at("/report/spread/0/shared10").asInt()).isBetween(0, 10);
    assertThat(scores.at("/report/best/1/unit").asInt())
        .isEqualTo(scores.at("/report/top/1/0").asInt());
    JsonNode trails =
        small.computed(
            "{\"kind\":\"trails-of-units\",\"source\":{\"run\":\"small\",\"layer\":\"fc1\"}}");
    int followed = 1000 - trails.at("/report/excluded").size();
    assertThat(shape(trails, "layouts")).isEqualTo("float32 3," + followed + ",2");
    assertThat(trails.at("/source/epochs").toString()).isEqualTo("[0,1,2]");
    JsonNode options = json(client.get("/api/study")).get("options");
    assertThat(options.get("units").findValuesAsText("name")).containsExactly("measure");
    assertThat(options.get("scores").findValuesAsText("name")).contains("trees", "spread");
    assertThat(options.get("trails-of-units").findValuesAsText("name"))
        .containsExactly("measure", "lambda", "sweeps", "tolerance");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "units | {'run':'small','epoch':2,'layer':'fc9'} | {} | 400 | run small has no layer fc9",
        "units | {'run':'small','epoch':9,'layer':'fc1'} | {} | 400 | keeps no epoch 9",
        "units | {'run':'other','epoch':2,'layer':'fc1'} | {} | 400 | other",
        "scores | {'run':'small','epoch':2,'layer':'fc1','pooling':'sum'} | {} | 400 |"
            + " pooling must be none, mean or max",
        "scores | {'run':'small','epoch':2,'layer':'fc1','pooling':'max'} | {} | 400 |"
            + " needs a layer of maps",
        "scores | {'run':'small','epoch':2,'layer':'fc1','units':3} | {} | 400 | no field",
        "scores | {'run':'small','epoch':2,'layer':'fc1'} | {'trees':0} | 400 | trees must be at"
            + " least 1",
        "units | {'run':'small','epoch':2,'layer':'fc1'} | {'measure':'angle'} | 400 | measure must"
            + " be one of pearson",
        "units | {'run':'small','epoch':2,'layer':'fc1'} | {'leaf':2} | 400 | leaf",
        "trails-of-units | {'run':'small','layer':'fc1','epochs':[2]} | {} | 400 | at least 2"
      })
  void whatCannotBeAskedIsRefusedAtOnce(
      String kind, String source, String parameters, int status, String why) {
    String request =
        "{'kind':'%s','source':%s,'parameters':%s}"
            .formatted(kind, source, parameters)
            .replace('\'', '"');
    HttpResponse<byte[]> answer = client.post("/api/jobs", request);
    assertThat(message(answer)).contains(why);
    assertThat(answer.statusCode()).isEqualTo(status);
  }
}
