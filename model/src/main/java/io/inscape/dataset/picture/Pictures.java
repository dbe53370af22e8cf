package io.inscape.dataset.picture;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Split;
import io.inscape.matrix.Progress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// Opens folders of images, whatever kind of files they are in, and fits them.
///
/// | in the folder | what it is |
/// |---|---|
/// | `train.bin`, `test.bin` and `fine_label_names.txt` | CIFAR-100 |
/// | `train_32x32.mat` | SVHN, cropped |
/// | `images.npy`, or `train/images.npy` | arrays of NumPy |
/// | image files, by class or not | see [ImageFolder] |
public final class Pictures {
  private static final String COARSE = ":coarse";

  private Pictures() {}

  /// Opens a folder of images.
  ///
  /// @param folder which exists
  /// @param pipeline the first steps of which fit images of any size into one
  /// @param index a file that keeps what was found in each image; see [ImageFolder]
  /// @param progress hears how much was read
  /// @return the data set, fitted; empty where the folder has no images that are known here
  /// @throws io.inscape.dataset.InputException when a file of it is damaged
  public static Optional<Dataset> open(
      Path folder, Pipeline pipeline, Optional<Path> index, Progress progress) {
    if (Cifar100.isIn(folder)) {
      return Optional.of(fitted(Cifar100.read(folder, false), pipeline));
    }
    if (Svhn.isIn(folder)) {
      return Optional.of(fitted(Svhn.read(folder, progress), pipeline));
    }
    if (ArrayFolder.isIn(folder)) {
      return Optional.of(fitted(ArrayFolder.read(folder, progress), pipeline));
    }
    if (ImageFolder.isIn(folder)) {
      return Optional.of(ImageFolder.open(folder, pipeline, index, progress));
    }
    return Optional.empty();
  }

  /// The digest that a folder of image files had in studies of formats 1 and 2.
  ///
  /// @param folder which exists
  /// @return SHA-256 in hexadecimal; empty for images that are kept otherwise
  /// @throws io.inscape.dataset.InputException when a file cannot be read
  public static Optional<String> formerDigest(Path folder) {
    boolean others = Cifar100.isIn(folder) || Svhn.isIn(folder) || ArrayFolder.isIn(folder);
    return !others && ImageFolder.isIn(folder)
        ? Optional.of(ImageFolder.formerDigest(folder))
        : Optional.empty();
  }

  /// Opens CIFAR-100 with its 20 coarse classes.
  ///
  /// @param name the folder, followed by `:coarse`
  /// @param pipeline the first steps of which fit the images
  /// @return the data set, fitted; empty where the name asks for no such thing
  /// @throws io.inscape.dataset.InputException when a file of it is damaged
  public static Optional<Dataset> coarse(String name, Pipeline pipeline) {
    if (!name.endsWith(COARSE)) {
      return Optional.empty();
    }
    Path folder = Path.of(name.substring(0, name.length() - COARSE.length()));
    return Cifar100.isIn(folder)
        ? Optional.of(fitted(Cifar100.read(folder, true), pipeline))
        : Optional.empty();
  }

  /// Fits the images of a data set that were read as they are.
  ///
  /// @param dataset of anything; what are no images stay as they are
  /// @param pipeline the first steps of which fit them
  /// @return the data set with images of that size, made when they are asked for
  /// @throws IllegalArgumentException when a step does not take such images
  public static Dataset fitted(Dataset dataset, Pipeline pipeline) {
    Fitting fitting = Fitting.of(pipeline);
    if (fitting.isEmpty() || !(dataset.content() instanceof Images)) {
      return dataset;
    }
    return new Dataset(
        dataset.name(),
        dataset.source(),
        dataset.classNames(),
        fitted(dataset.train(), fitting),
        fitted(dataset.test(), fitting),
        dataset.digest());
  }

  private static Split fitted(Split split, Fitting fitting) {
    return new Split(fitting.apply(split.images()), split.targets());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
