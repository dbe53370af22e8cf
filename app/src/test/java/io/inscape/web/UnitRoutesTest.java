package io.inscape.web;

import static io.inscape.web.Client.floats;
import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.small.SmallData;
import io.inscape.study.Study;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Roles of units, subsets, ablation and activity over HTTP.
@Timeout(180)
final class UnitRoutesTest {
  private static final int N = SmallData.TEST;
  private static final int UNITS = 1000;
  private static final String FC1 = "/api/units/small/2/fc1/";

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

  private static float[] column(String path, String shape) {
    return column(client.get(path), shape);
  }

  private static float[] column(HttpResponse<byte[]> response, String shape) {
    assertThat(response.headers().firstValue("Inscape-Shape")).contains(shape);
    return floats(response);
  }

  @Test
  void figuresProfilesAndActivationsAgree() {
    float[] figures = column(FC1 + "figures", "5," + UNITS);
    float[] activation = column(FC1 + "activation?unit=5", "" + N);
    JsonNode profile = json(client.get(FC1 + "profile?unit=5"));
    double sum = 0;
    for (float value : activation) {
      sum += value;
    }
    assertThat((double) figures[5]).isCloseTo(sum / N, within(1e-6));
    assertThat(profile.get("mean").asDouble()).isCloseTo(sum / N, within(1e-6));
    assertThat(profile.get("classMean")).hasSize(SmallData.CLASSES);
    assertThat(profile.get("top")).hasSize(24);
    assertThat(activation[profile.at("/top/0").asInt()])
        .isEqualTo((float) profile.get("max").asDouble());
    assertThat(profile.at("/histogram/counts")).hasSize(32);
    JsonNode flags = json(client.get(FC1 + "flags"));
    assertThat(flags.get("units").asInt()).isEqualTo(UNITS);
    assertThat(flags.get("dead").isArray()).isTrue();
    JsonNode incoming = json(client.get(FC1 + "incoming?unit=5"));
    assertThat(incoming.get("sender").asText()).isEqualTo("input");
    assertThat(incoming.get("shape").toString()).isEqualTo("[8,8]");
    assertThat(incoming.get("weights")).hasSize(64);
    assertThat(incoming.get("why").isNull()).isTrue();
    column(FC1 + "perplexity", "" + N);
  }

  @Test
  void subsetsByRowsAndByBitsAreTheSame() {
    byte[] bits = new byte[(N + 7) / 8];
    bits[0] = 0b1001;
    bits[11] = 0b10; // row 89
    String body =
        "{\"subsets\":[{\"rows\":[0,3,89]},{\"bits\":\"%s\"}]}"
            .formatted(Base64.getEncoder().encodeToString(bits));
    float[] means = column(client.post(FC1 + "subsets", body), "2," + UNITS);
    float[] activation = column(FC1 + "activation?unit=7", "" + N);
    double mean = ((double) activation[0] + activation[3] + activation[89]) / 3;
    assertThat((double) means[7]).isCloseTo(mean, within(1e-6));
    assertThat(means[UNITS + 7]).isEqualTo(means[7]);
    String pair = "{\"a\":{\"rows\":[0,3,89]},\"b\":null}";
    float[] compared = column(client.post(FC1 + "compare", pair), "4," + UNITS);
    assertThat(compared[7]).isEqualTo(means[7]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/units/small/2/fc1/profile?unit=1000 | 400 | unit must be in [0, 1000), as layer fc1 of run small, epoch 2 has them, got 1000",
        "/api/units/small/2/fc1/activation | 400 | unit must be a whole number from 0, got none",
        "/api/units/small/2/input/figures | 400 | run small has no layer input; there are fc1, logits, probabilities",
        "/api/units/small/2/fc1/figures?pooling=most | 400 | pooling must be none, mean or max, got \"most\"",
        "/api/units/small/7/fc1/flags | 404 | run small keeps no epoch 7",
        "/api/units/none/2/fc1/flags | 404 | there is no run none",
      })
  void whatIsNotThereIsSaid(String path, int status, String sentence) {
    HttpResponse<byte[]> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(message(answer)).contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"subsets\":[]} | subsets must be 1 to 64, got 0",
        "{\"subsets\":5} | subsets must be a list of objects, got 5",
        "{\"subsets\":[{\"rows\":[]}]} | a subset needs at least 1 of the 90 observations, got none",
        "{\"subsets\":[{\"rows\":[90]}]} | rows of a subset must be in [0, 90), got 90",
        "{\"subsets\":[{\"bits\":\"%\"}]} | bits of a subset must be base64, got %",
        "{\"subsets\":[{}]} | a subset is either {\"rows\":[0,5]} or {\"bits\":\"base64\"}, got neither",
        "{\"subsets\":[{\"classes\":[1]}]} | subsets[0] has no field \"classes\"",
      })
  void subsetsThatAreNoneAreRefused(String body, String sentence) {
    HttpResponse<byte[]> answer = client.post(FC1 + "subsets", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).contains(sentence);
  }

  @Test
  void moreThanSixtyFourSubsetsAreRefused() {
    String many = "{\"rows\":[0]},".repeat(64) + "{\"rows\":[0]}";
    assertThat(message(client.post(FC1 + "subsets", "{\"subsets\":[" + many + "]}")))
        .isEqualTo("subsets must be 1 to 64, got 65");
  }

  @Test
  void ablationAndActivityAreJobs() throws InterruptedException {
    JsonNode ablation =
        small.computed(
            """
            {"kind":"ablation","source":{"run":"small","epoch":2,"layer":"fc1"},
             "parameters":{"units":[1,2,3],"controls":2}}
            """);
    assertThat(ablation.at("/report/accuracy/control")).hasSize(2);
    String columns = "/api/results/" + ablation.get("digest").asText() + "/columns/";
    column(columns + "layout", "2," + N + ",2");
    column(columns + "predictionsAfter", N + "," + SmallData.CLASSES);
    JsonNode activity =
        small.computed("{\"kind\":\"activity\",\"source\":{\"run\":\"small\",\"layer\":\"fc1\"}}");
    assertThat(activity.at("/source/epochs").toString()).isEqualTo("[0,1,2]");
    assertThat(activity.at("/report/bins")).hasSize(33);
    assertThat(activity.at("/report/flags")).hasSize(3);
    String none =
        "{\"kind\":\"ablation\",\"source\":{\"run\":\"small\",\"epoch\":2,\"layer\":\"fc1\"}}";
    assertThat(message(client.post("/api/jobs", none)))
        .contains("units must name at least 1 of the 1000");
    JsonNode options = json(client.get("/api/study")).get("options");
    assertThat(options.get("ablation").findValuesAsText("name"))
        .containsExactly("units", "replacement", "controls", "seed");
    assertThat(options.get("activity").findValuesAsText("name"))
        .containsExactly("bins", "threshold");
  }
}
