package io.inscape.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Which Inscape this is; the build writes it down.
public final class Version implements IVersionProvider {
  /// A source of the version, for picocli.
  public Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {"Inscape " + current(), "Java " + Runtime.version()};
  }

  /// {@return the version alone, such as `0.1.0`}
  public static String current() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
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
