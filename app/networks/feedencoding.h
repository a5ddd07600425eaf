// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace Earshot {

/// The text of a document whose encoding may be missing or wrong. Asked in this order: byte order mark, the pattern of
/// UTF-16 and UTF-32, `charset` of the Content-Type, the XML declaration or an HTML meta element, UTF-8. What claims to
/// be Latin-1 but is sound UTF-8 is read as UTF-8. Bytes that are no UTF-8 are read one by one as windows-1252, which
/// is what they nearly always are. An unknown encoding counts as none. Pure, linear, thread-safe.
[[nodiscard]] QString decodeDocument(const QByteArray &body, const QByteArray &contentType);

/// The character that a byte or a numeric reference from 128 to 159 stands for in windows-1252.
[[nodiscard]] char16_t fromWindows1252(uchar byte);

} // namespace Earshot
