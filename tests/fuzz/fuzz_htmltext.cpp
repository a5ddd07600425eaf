// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/htmltext.h"

#include <cstdint>
#include <cstdlib>

using namespace Earshot;

/// What must hold for any markup: it ends, its text is sound, and cleaning a clean text changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto length = qsizetype(size);
    const QString html = length % 2 == 0 ? QString::fromUtf8(reinterpret_cast<const char *>(data), length)
                                         : QString::fromLatin1(reinterpret_cast<const char *>(data), length);
    const QString clean = cleanText(htmlToText(html, QUrl(QStringLiteral("https://example.org/a/b"))), 1000);
    if (clean.size() > 1000 || !clean.isValidUtf16() || cleanText(clean, 1000) != clean)
        std::abort();
    const QString line = cleanLine(html, 100);
    if (line.size() > 100 || line.contains(u'\n') || cleanLine(line, 100) != line)
        std::abort();
    return 0;
}
