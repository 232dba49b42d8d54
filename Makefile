.PHONY: read test
read test:
	python3 dev.py $@
