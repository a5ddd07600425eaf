// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/knownsentence.h"

namespace Earshot {

/// What is stored and printed in English, in the language of the window.
class KnownSentences final
{
public:
    [[nodiscard]] static QString of(const KnownSentence &sentence);
    /// What is stored of a channel's health; the words of a network stay as they are.
    [[nodiscard]] static QString ofHealth(const QString &detail);
};

} // namespace Earshot
