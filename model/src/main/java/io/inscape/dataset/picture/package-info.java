/// Data sets of images read from files: folders of PNG, JPEG, BMP and GIF files, CIFAR-100, SVHN
/// and arrays of NumPy. Start at [Pictures][io.inscape.dataset.picture.Pictures]. Files are never
/// trusted: sizes are checked before memory is taken, and what is wrong with one is said by an
/// [InputException][io.inscape.dataset.InputException].
@NullMarked
package io.inscape.dataset.picture;

import org.jspecify.annotations.NullMarked;
