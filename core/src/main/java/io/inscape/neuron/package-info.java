/// What each unit of a layer does: how alike units are, and which classes they tell apart. Start at
/// [NeuronDissimilarity] for the map of the units and at [DiscriminativeScores] for the classes.
@NullMarked
package io.inscape.neuron;

import org.jspecify.annotations.NullMarked;
