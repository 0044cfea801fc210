/*
 * smallfiles COUNT - writes a ustar archive of COUNT small files (0 to 2 KiB, 100 to a directory) to standard output.
 * The same COUNT gives the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void header(const char *name, char type, unsigned mode, unsigned size)
{
    unsigned char block[512] = { 0 };
    unsigned sum = 0;
    snprintf((char *)block, 100, "%s", name);
    sprintf((char *)block + 100, "%07o", mode);
    sprintf((char *)block + 108, "%07o", 0);
    sprintf((char *)block + 116, "%07o", 0);
    sprintf((char *)block + 124, "%011o", size);
    sprintf((char *)block + 136, "%011o", 1700000000);
    memset(block + 148, ' ', 8);
    block[156] = type;
    memcpy(block + 257, "ustar\0" "00", 8);
    for (int i = 0; i < 512; i++)
        sum += block[i];
    sprintf((char *)block + 148, "%06o", sum);
    fwrite(block, 1, sizeof block, stdout);
}

int main(int argc, char **argv)
{
    int count = argc == 2 ? atoi(argv[1]) : 0;
    unsigned random = 12345;
    char name[100], content[2048], zero[1024] = { 0 };
    if (count < 1) {
        fprintf(stderr, "usage: smallfiles COUNT\n");
        return 2;
    }
    for (int i = 0; i < count; i++) {
        if (i % 10000 == 0) {
            sprintf(name, "d%03d/", i / 10000);
            header(name, '5', 0755, 0);
        }
        if (i % 100 == 0) {
            sprintf(name, "d%03d/e%03d/", i / 10000, i / 100 % 100);
            header(name, '5', 0755, 0);
        }
        unsigned size = (random = random * 1103515245 + 12345) >> 16 & 2047;
        for (unsigned j = 0; j < size; j++)
            content[j] = 'a' + (random = random * 1103515245 + 12345) / 65536 % 26;
        sprintf(name, "d%03d/e%03d/file%06d.txt", i / 10000, i / 100 % 100, i);
        header(name, '0', 0644, size);
        fwrite(content, 1, size, stdout);
        fwrite(zero, 1, (512 - size % 512) % 512, stdout);
    }
    fwrite(zero, 1, sizeof zero, stdout);
    return fflush(stdout) || ferror(stdout);
}
