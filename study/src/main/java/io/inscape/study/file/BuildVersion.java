package io.inscape.study.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which Inscape this is; the build writes it down, in one place for files, results and faces.
public final class BuildVersion {
  private static final String CURRENT = read();

  private BuildVersion() {}

  /// {@return the version that the build had, such as `0.1.0`}
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    try (InputStream in = BuildVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
