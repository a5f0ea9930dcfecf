"""The hub concept: agglomeration, innovation and diffusion over the years; concentration and control."""
