"""The kernels of the sources as they are, before any test looks for them."""

from tragitto_matching.kernels.building import build

build()
