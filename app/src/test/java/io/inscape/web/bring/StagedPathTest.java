package io.inscape.web.bring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.http.HttpError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedPathTest {
  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "..",
        ".",
        "../x",
        "a/../../x",
        "a/..",
        "a//b",
        "a/",
        "./a",
        "C:/x",
        "c:x",
        "a/C:",
        "\\x",
        "a\\..\\x",
        "\\\\server\\share",
        "a\u0000b",
        "a\nb",
        "x.",
        "x ",
        " x",
        "...",
        "a.tmp-1"
      })
  void refusesWhatIsNotPlainlyBelow(String path) {
    assertThatThrownBy(() -> StagedPath.resolve(root, path))
        .isInstanceOfSatisfying(
            HttpError.class, error -> assertThat(error.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "models/epoch-1.onnx",
        "a b/ü 手.png",
        "epoch=3-step=10.onnx",
        ".hidden",
        "a..b"
      })
  void takesWhatIs(String path) {
    assertThat(StagedPath.resolve(root, path)).isEqualTo(root.resolve(path));
  }

  @Test
  void refusesNamesThatNoDiskHolds() {
    assertThat(StagedPath.resolve(root, "x".repeat(255))).isNotNull();
    assertThatThrownBy(() -> StagedPath.resolve(root, "x".repeat(256))).hasMessageContaining("255");
    assertThatThrownBy(() -> StagedPath.resolve(root, "ü".repeat(128)))
        .hasMessageContaining("256 bytes");
    assertThatThrownBy(() -> StagedPath.resolve(root, "a/".repeat(40) + "b"))
        .hasMessageContaining("32");
  }

  @Test
  void leadsThroughNoLink() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), Path.of("/etc"));

    assertThatThrownBy(() -> StagedPath.resolve(root, "link/passwd")).hasMessageContaining("link");
  }
}
