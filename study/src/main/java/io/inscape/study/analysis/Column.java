package io.inscape.study.analysis;

/// The content of a result's column.
///
/// @param type `float32`
/// @param shape rows = observations
/// @param littleEndian the values in C order
@SuppressWarnings("ArrayRecordComponent") // handed on to a socket, compared by nobody
public record Column(String type, int[] shape, byte[] littleEndian) {}
