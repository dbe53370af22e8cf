package io.inscape.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.source.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our pixels beside those of PIL, where Python has it.
final class PilTest {
  private static final String SCRIPT =
      """
      import os, sys
      from PIL import Image
      import random
      random.seed(5)
      root = sys.argv[1]
      for part in ('train', 'test'):
          os.makedirs(os.path.join(root, 'set', part, 'a'))
      def photo(w, h, mode='RGB'):
          small = Image.new('RGB', (6, 5))
          small.putdata([(random.randrange(256), random.randrange(256), random.randrange(256)) for _ in range(30)])
          return small.resize((w, h), Image.BICUBIC).convert(mode)
      alpha = photo(90, 70, 'RGBA')
      alpha.putalpha(photo(90, 70, 'L'))
      files = [
          ('00.png', photo(61, 97), {}), ('01.png', alpha, {}),
          ('02.png', photo(80, 64, 'L'), {}), ('03.png', photo(77, 65).convert('P', palette=Image.ADAPTIVE), {}),
          ('04.png', photo(66, 64, 'LA'), {}), ('05.gif', photo(70, 81).convert('P', palette=Image.ADAPTIVE), {}),
          ('06.bmp', photo(64, 65), {}), ('07.png', photo(65, 99, '1'), {}),
          ('08.jpg', photo(333, 250), dict(quality=90, subsampling=0)),
          ('09.jpg', photo(200, 401), dict(quality=75)),
          ('10.jpg', photo(90, 100, 'L'), dict(quality=80)),
          ('11.jpg', photo(120, 99), dict(quality=80, progressive=True)),
      ]
      exif = Image.Exif()
      exif[0x0112] = 6
      files.append(('12.jpg', photo(70, 90), dict(quality=95, exif=exif, subsampling=0)))
      def fit(image):
          w, h = image.size
          s, l = min(w, h), max(w, h)
          if s != 64:
              n = int(64 * l / s)
              image = image.resize((64, n) if w < h else (n, 64), Image.BILINEAR)
          w, h = image.size
          top, left = int(round((h - 56) / 2.0)), int(round((w - 48) / 2.0))
          return image.crop((left, top, left + 48, top + 56))
      with open(os.path.join(root, 'expected.bin'), 'wb') as out:
          for part in ('train', 'test'):
              for name, image, options in files:
                  path = os.path.join(root, 'set', part, 'a', name)
                  image.save(path, **options)
                  for band in fit(Image.open(path).convert('RGB')).split():
                      out.write(band.tobytes())
      """;

  /// What a decoder of JPEG may differ by: two versions of the same library round chroma otherwise.
  private static final int OF_JPEG = 4;

  private static final String PYTHON =
      Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

  @TempDir Path folder;

  @Test
  void fittedPixelsArePils() throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("make.py"), SCRIPT);
    assumeTrue(
        runs(List.of(PYTHON, "-c", "import PIL"))
            && runs(List.of(PYTHON, script.toString(), folder.toString())),
        "Python with PIL is not there");
    Pipeline pipeline = Pipeline.parse("resize(64),crop(56,48),scale");
    Dataset data = Datasets.open(DataRequest.of(folder.resolve("set").toString(), pipeline));
    Images images = data.train().images();
    byte[] expected = Files.readAllBytes(folder.resolve("expected.bin"));
    int size = images.shape().size();
    assertThat(size).isEqualTo(3 * 56 * 48);
    assertThat(images.count()).isEqualTo(13);
    for (int i = 0; i < images.count(); i++) {
      byte[] image = images.toArray(new int[] {i});
      int largest = 0;
      for (int k = 0; k < size; k++) {
        largest = Math.max(largest, Math.abs((image[k] & 0xff) - (expected[i * size + k] & 0xff)));
      }
      assertThat(largest).as("image %d", i).isLessThanOrEqualTo(i < 8 ? 0 : OF_JPEG);
    }
  }

  private static boolean runs(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
