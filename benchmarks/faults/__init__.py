"""A program that writes to a record is killed at any point of its work: is anything lost, or half-done?"""
