package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inscape.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What a typed command line led to.
record Typed(int code, String out, String err) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// Runs a command line as a person would type it.
  static Typed run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            0);
    int code = Inscape.run(console, arguments);
    return new Typed(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  JsonNode json() {
    try {
      return MAPPER.readTree(out);
    } catch (IOException e) {
      throw new UncheckedIOException(out + err, e);
    }
  }

  /// The command refused what was given, in this sentence and no other.
  void refused(String sentence) {
    assertThat(err).isEqualTo("inscape: " + sentence + System.lineSeparator());
    assertThat(out).isEmpty();
    assertThat(code).isEqualTo(2);
  }
}
