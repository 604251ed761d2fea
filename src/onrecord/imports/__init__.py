"""What people made of exported readings in other tools, taken back as gold or as corrections."""
