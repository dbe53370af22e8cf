package io.inscape.web;

import static io.inscape.web.Client.json;
import static io.inscape.web.Client.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.dataset.ImageShape;
import io.inscape.small.SmallData;
import io.inscape.study.Study;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// New observations over HTTP.
@Timeout(120)
final class PlaceRoutesTest {
  private static final String BYTES = "application/octet-stream";

  private static SmallServer small;
  private static Study study;
  private static String projection;

  @BeforeAll
  static void start(@TempDir Path folder) throws InterruptedException {
    small = SmallServer.start(folder, 64);
    study = small.study();
    projection =
        small
            .computed(
                """
                {"kind":"projection","source":{"run":"small","epoch":2,"layer":"fc1"},"method":"pca",
                 "parameters":{}}
                """)
            .get("digest")
            .asText();
  }

  @AfterAll
  static void stop() {
    small.close();
  }

  @AfterEach
  void nothingOfOursFailed() {
    small.nothingOfOursFailed();
  }

  private static HttpResponse<byte[]> post(String path, byte[] body, String... headers) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + small.server().port() + "/api/place/" + path))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .headers(headers);
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<byte[]> image(String path, int row) {
    return post(path, study.images(row, row + 1), "Content-Type", BYTES, "Inscape-Type", "uint8");
  }

  private static byte[] png(int row, int times) throws IOException {
    ImageShape shape = Objects.requireNonNull(study.info().dataset().shape());
    byte[] pixels = study.images(row, row + 1);
    BufferedImage image =
        new BufferedImage(times * shape.cols(), times * shape.rows(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int at = y / times * shape.cols() + x / times;
        image.getRaster().setSample(x, y, 0, pixels[at] & 0xff);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void anImageOfTheSampleIsPlacedWhereItLies() throws IOException {
    float[] layout =
        Client.floats(small.client().get("/api/results/" + projection + "/columns/layout"));
    float[] kept = Client.floats(small.client().get("/api/runs/small/epochs/2/predictions"));
    int row = 7;
    JsonNode raw = json(image(projection, row));
    assertThat(raw.at("/position/0").asDouble()).isCloseTo(layout[2 * row], within(1e-2));
    assertThat(raw.at("/position/1").asDouble()).isCloseTo(layout[2 * row + 1], within(1e-2));
    assertThat(raw.at("/neighbours/0/observation").asInt()).isEqualTo(row);
    assertThat(raw.at("/neighbours/0/label").asInt()).isEqualTo(study.labels()[row]);
    assertThat(raw.get("neighbours")).hasSize(10);
    for (int c = 0; c < SmallData.CLASSES; c++) {
      assertThat(raw.at("/prediction/" + c).asDouble())
          .isCloseTo(kept[row * SmallData.CLASSES + c], within(1e-5));
    }
    assertThat(raw.at("/units/0/activation").asDouble())
        .isGreaterThanOrEqualTo(raw.at("/units/1/activation").asDouble());
    assertThat(raw.at("/quality/observations").asInt()).isPositive();
    assertThat(raw.at("/far/warning").isNull()).isTrue();
    assertThat(Base64.getDecoder().decode(raw.at("/input/pixels").asText()))
        .isEqualTo(study.images(row, row + 1));

    HttpResponse<byte[]> file =
        post(projection + "?neighbours=3", png(row, 9), "Content-Type", BYTES);
    assertThat(json(file).get("position")).isEqualTo(raw.get("position"));
    assertThat(json(file).get("neighbours")).hasSize(3);
    assertThat(image(projection, row).body()).isEqualTo(image(projection, row).body());
  }

  @Test
  void aSequenceAnswersWithATrail() throws InterruptedException {
    String digest =
        small
            .computed(
                """
                {"kind":"sequence","source":{"by":"epoch","run":"small","layer":"fc1"},
                 "method":"vff","parameters":{"sweeps":20}}
                """)
            .get("digest")
            .asText();
    JsonNode placed = json(image(digest + "?step=1", 3));
    assertThat(placed.get("positions")).hasSize(3);
    assertThat(placed.get("step").asInt()).isEqualTo(1);
    assertThat(placed.get("position")).isEqualTo(placed.at("/positions/1"));
    assertThat(placed.at("/steps/0/name").asText()).isEqualTo("epoch 0");
    assertThat(placed.at("/steps/2/prediction")).hasSize(SmallData.CLASSES);
  }

  @Test
  void refusalsHaveASentenceAndAStatus() {
    byte[] text = "no image".getBytes(StandardCharsets.UTF_8);
    HttpResponse<byte[]> none = post(projection, text, "Content-Type", BYTES);
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(message(none)).startsWith("the picture: found no image");
    HttpResponse<byte[]> json = post(projection, text, "Content-Type", "application/json");
    assertThat(json.statusCode()).isEqualTo(415);
    HttpResponse<byte[]> empty = post(projection, new byte[0], "Content-Type", BYTES);
    assertThat(empty.statusCode()).isEqualTo(400);
    assertThat(image("0".repeat(64), 0).statusCode()).isEqualTo(404);
    assertThat(message(image(projection + "?centre=yes", 0)))
        .isEqualTo("centre must be true or false, got \"yes\"");
    assertThat(message(image(projection + "?step=4", 0))).contains("step must be in [0, 1)");
    HttpResponse<byte[]> other =
        post(projection, text, "Content-Type", BYTES, "Inscape-Type", "int64");
    assertThat(message(other)).contains("must be uint8, float32 or text");
  }
}
