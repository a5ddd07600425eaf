// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSaveFile>

namespace Earshot {

/// Puts what was written in the file's place. QSaveFile::commit() alone (Qt 6.4) does not notice when the end of it,
/// which it holds in its buffer, meets a full disk: it says that all is well, and in the file's place is an empty one.
/// @return false: nothing was changed; the file's error says why
[[nodiscard]] inline bool commitWhole(QSaveFile &file)
{
    return file.flush() && file.commit();
}

} // namespace Earshot
