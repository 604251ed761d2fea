"""What is thrown at onrecord: any bytes at every reader, any text at the annotators, anchors and searches."""
