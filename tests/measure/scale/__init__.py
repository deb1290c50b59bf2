"""Make folders of articles with their indexes, of any size, and measure questions over them."""
