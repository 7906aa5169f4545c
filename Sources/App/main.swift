print("gapura")
