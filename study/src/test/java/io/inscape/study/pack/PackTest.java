package io.inscape.study.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.InputStatistics;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.file.Digests;
import io.inscape.study.file.Json;
import io.inscape.study.file.StudyException;
import io.inscape.study.pack.PackManifest.PackedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class PackTest {
  @TempDir private static Path folder;
  private static Path packed;
  private static byte[] images;
  private static float[] ink;
  private static float[] pixels;

  @BeforeAll
  static void pack() throws IOException {
    try (Study study = SmallStudies.create(folder);
        Workers workers = Workers.of(1)) {
      study.train(SmallStudies.request("a", 0, 1), 1);
      var source = new ActivationSource.Layer("a", 1, "fc1");
      study.activations(source, 1, Progress.none()).close();
      images = study.images();
      ink = InputStatistics.compute(study.content(), "ink", study.sample());
      pixels = study.vectors(new ActivationSource.Input(), workers, Progress.none()).toArray();
      packed = folder.resolve("digits.inscape");
      PackWriter.write(study, packed, true, Progress.none());
      Path again = folder.resolve("again.inscape");
      PackWriter.write(study, again, true, Progress.none());
      assertThat(Digests.of(again)).isEqualTo(Digests.of(packed));
      Path small = folder.resolve("small.inscape");
      PackManifest without = PackWriter.write(study, small, false, Progress.none());
      assertThat(without.files()).noneMatch(file -> file.path().startsWith("activations"));
      assertThat(without.files()).noneMatch(file -> file.path().equals(".lock"));
      assertThat(Files.size(small)).isLessThan(Files.size(packed));
      assertThatThrownBy(() ->
              PackWriter.write(study, study.folder().resolve("x.inscape"), true, Progress.none()))
          .hasMessageStartingWith("the packed file cannot lie in the study itself");
    }
    Files.move(folder.resolve("digits"), folder.resolve("moved")); // where the colleague has none
  }

  @Test
  void opensWhereTheDataSetIsNot() {
    Path target = folder.resolve("colleague/digits");
    PackReader.unpack(packed, target, Progress.none());
    try (Study study = Study.openReadOnly(target);
        Workers workers = Workers.of(1)) {
      assertThat(study.images()).isEqualTo(images);
      assertThat(InputStatistics.compute(study.content(), "ink", study.sample())).isEqualTo(ink);
      assertThat(study.vectors(new ActivationSource.Input(), workers, Progress.none()).toArray())
          .isEqualTo(pixels);
      assertThat(study.run("a").predictions(1)).hasSize(900);
      var source = new ActivationSource.Layer("a", 1, "fc1");
      study.activations(source, 1, Progress.none()).close();
      assertThatThrownBy(study::dataset)
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("came with the 90 observations that it looks at");
    }
    PackReader.unpack(packed, target, Progress.none()); // there already
    assertThatThrownBy(
            () -> PackReader.unpack(folder.resolve("small.inscape"), target, Progress.none()))
        .hasMessageContaining("holds something else already; name another with --to");
  }

  @Test
  void refusesACutFile() throws IOException {
    byte[] bytes = Files.readAllBytes(packed);
    Path cut = folder.resolve("cut.inscape");
    for (int length : new int[] {0, 100, bytes.length / 2, bytes.length - 1}) {
      Files.write(cut, java.util.Arrays.copyOf(bytes, length));
      refused(cut, "cut.inscape", "it is cut or was changed; ask for it again");
    }
  }

  @Test
  void refusesAChangedFileByName() throws IOException {
    Map<String, byte[]> files = content();
    byte[] labels = files.get("sample-labels.npy").clone();
    labels[labels.length - 4] ^= 1;
    files.put("sample-labels.npy", labels);
    refused(zip(files), "sample-labels.npy", "SHA-256");
    files.put("sample-labels.npy", new byte[7]);
    refused(zip(files), "sample-labels.npy", "found 7 bytes");
    files.remove("sample-labels.npy");
    refused(zip(files), "sample-labels.npy", "found nothing");
  }

  @Test
  void refusesWhatLeadsElsewhere() throws IOException {
    for (String name :
        List.of(
            "../evil",
            "/evil",
            "runs/../../evil",
            "runs\\evil",
            "C:evil",
            "runs//evil",
            "nul.txt",
            "evil\u0000x",
            "Study.json",
            "study.json/evil",
            PackManifest.NAME)) {
      Path bad = manifested(Map.of("study.json", new byte[3], name, new byte[3]));
      assertThatThrownBy(() -> PackReader.unpack(bad, folder.resolve("bad"), Progress.none()))
          .as(name)
          .hasMessageContaining("bad.inscape");
      assertThat(folder.resolve("bad")).as(name).doesNotExist();
    }
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(folder.getParent().resolve("evil")).doesNotExist();
    Map<String, byte[]> files = content();
    files.put("runs/more.json", new byte[2]);
    refused(zip(files), "\"runs/more.json\"", "that its manifest does not list");
  }

  @Test
  void refusesABomb() throws IOException {
    Map<String, byte[]> files = content();
    files.put("sample.npy", new byte[50_000_000]); // the manifest says a few hundred bytes
    refused(zip(files), "sample.npy", "found 50000000 bytes");
    long huge = Long.MAX_VALUE / 2;
    PackManifest lie =
        new PackManifest(
            1, "x", "x", List.of(new PackedFile("study.json", huge, Digests.of(new byte[0]))));
    files.clear();
    files.put("study.json", new byte[0]);
    files.put(PackManifest.NAME, Json.pretty(lie));
    refused(zip(files), "study.json", "found 0 bytes");
  }

  @Test
  void refusesWhatIsNoPackedStudy() throws IOException {
    refused(zip(new LinkedHashMap<>(Map.of("a", new byte[1]))), "no inscape-pack.json", "found");
    refused(folder.resolve("nothing"), "not found", "check the path");
    Map<String, byte[]> files = content();
    files.remove(PackManifest.NAME);
    files.remove("observed.npy");
    refused(manifested(files), "no observed.npy", "the observations that the study looks at");
    files.put(PackManifest.NAME, "{\"format\":2}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> PackReader.unpack(zip(files), folder.resolve("bad"), Progress.none()))
        .hasMessageContaining("inscape-pack.json");
  }

  private static void refused(Path file, String what, String why) {
    Path target = folder.resolve("bad");
    assertThatThrownBy(() -> PackReader.unpack(file, target, Progress.none()))
        .hasMessageContaining(what)
        .hasMessageContaining(why);
    assertThat(target).doesNotExist();
    assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith("bad.tmp"));
  }

  private static Map<String, byte[]> content() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(packed.toFile())) {
      for (ZipEntry entry : new ArrayList<ZipEntry>(java.util.Collections.list(zip.entries()))) {
        files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return files;
  }

  /// A file whose manifest agrees with what it holds.
  private static Path manifested(Map<String, byte[]> files) throws IOException {
    List<PackedFile> listed = new ArrayList<>();
    files.forEach(
        (name, bytes) -> listed.add(new PackedFile(name, bytes.length, Digests.of(bytes))));
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    all.put(PackManifest.NAME, Json.pretty(new PackManifest(1, "x", "x", listed)));
    return zip(all);
  }

  private static Path zip(Map<String, byte[]> files) throws IOException {
    Path file = folder.resolve("bad.inscape");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
