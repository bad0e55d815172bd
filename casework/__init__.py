"""What a record means: pure, shared by the laptop and the central service."""

VERSION = "0.1.0"  # of both programs, which are given out together
APP = f"homeward/{VERSION}"  # as a laptop names itself to the service
