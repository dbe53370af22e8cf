package io.inscape.study.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.study.file.SafeFiles.Moment;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SafeFilesTest {
  @TempDir Path folder;

  private static final class Kill extends Error {
    private static final long serialVersionUID = 1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void aKillAtAnyMomentLeavesTheOldFileOrTheNewOne(Moment moment) throws IOException {
    Path file = folder.resolve("a/b.json");
    SafeFiles.plain().write(file, bytes("old"));
    SafeFiles killed =
        SafeFiles.watched((now, _, _) -> {
          if (now == moment) {
            throw new Kill();
          }
        });
    assertThatThrownBy(() -> killed.write(file, bytes("new and longer"))).isInstanceOf(Kill.class);
    assertThat(Files.readString(file))
        .isEqualTo(moment == Moment.RENAMED ? "new and longer" : "old");
    int leftovers = SafeFiles.clearLeftovers(folder);
    assertThat(leftovers).isEqualTo(moment == Moment.ASIDE || moment == Moment.FORCED ? 1 : 0);
    try (Stream<Path> rest = Files.list(file.getParent())) {
      assertThat(rest).containsExactly(file);
    }
  }

  @Test
  void aFullDiskIsOneSentenceAndLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("run.json");
    SafeFiles.plain().write(file, bytes("old"));
    SafeFiles full =
        SafeFiles.watched((now, _, _) -> {
          if (now == Moment.ASIDE) {
            throw new IOException("No space left on device");
          }
        });
    assertThatThrownBy(() -> full.write(file, bytes("new")))
        .isInstanceOfSatisfying(
            StudyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DISK))
        .hasMessage(
            file
                + " cannot be written (stopped after 3 bytes): no space left on device; what was kept"
                + " before is whole, so make room or get access and start again");
    assertThat(Files.readString(file)).isEqualTo("old");
    assertThat(SafeFiles.clearLeftovers(folder)).isZero();
  }

  @Test
  void theDeviceThatIsAlwaysFullIsNamedAsFull() {
    assertThatThrownBy(() ->
            SafeFiles.plain()
                .produce(folder.resolve("x"), _ -> Files.write(Path.of("/dev/full"), new byte[10])))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("cannot be written: no space left on device;");
  }

  @Test
  void anInterruptDoesNotTearAWrite() throws IOException {
    Path file = folder.resolve("a.json");
    Thread.currentThread().interrupt();
    try {
      SafeFiles.plain().write(file, bytes("whole"));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Files.readString(file)).isEqualTo("whole");
  }

  @Test
  void aFileWhereTheFolderShouldBeIsOneSentence() throws IOException {
    Files.writeString(folder.resolve("runs"), "a file");
    assertThatThrownBy(() -> SafeFiles.plain().write(folder.resolve("runs/a"), bytes("x")))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void canonicalJsonDoesNotDependOnTheOrderOfKeys() {
    var one = new java.util.LinkedHashMap<String, Object>();
    one.put("b", 1);
    one.put("a", java.util.List.of(2.5, "x"));
    var other = new java.util.LinkedHashMap<String, Object>();
    other.put("a", java.util.List.of(2.5, "x"));
    other.put("b", 1);
    assertThat(new String(Json.canonical(one), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":[2.5,\"x\"],\"b\":1}");
    assertThat(Digests.ofJson(one)).isEqualTo(Digests.ofJson(other));
  }

  @Test
  void theDigestOfNothingIsTheKnownOne() {
    assertThat(Digests.of(new byte[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
