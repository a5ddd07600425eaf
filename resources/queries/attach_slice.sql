ATTACH DATABASE :file AS slice;
