package io.inscape.quality;

/// Whether neighbours stay neighbours.
///
/// @param k neighbours looked at; 0 if there are fewer than 3 observations, and all is well then
/// @param trustworthiness whether neighbours in the layout are neighbours in the data, in [0, 1]
/// @param continuity whether neighbours in the data are neighbours in the layout, in [0, 1]
/// @param preservation share of the k nearest that an observation has in both
/// @param randomRank trustworthiness and continuity that points placed at random get on average
/// @param randomPreservation preservation that they get
public record NeighborQuality(
    int k,
    double trustworthiness,
    double continuity,
    double preservation,
    double randomRank,
    double randomPreservation) {}
