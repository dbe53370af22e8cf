/// Into the networks of a study's runs: how their weights are distributed and move, their matrices,
/// their graph. Start at [RunWeights][io.inscape.study.network.RunWeights].
@NullMarked
package io.inscape.study.network;

import org.jspecify.annotations.NullMarked;
