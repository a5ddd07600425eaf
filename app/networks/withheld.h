// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/time.h"

#include <QString>

namespace Earshot {

/// What settings of our own account keep from us (Page::withheld), as a connector has learnt it last. A person may
/// change the settings at any time, so that it is asked for now and then. Belongs to a session; any one thread.
class Withheld
{
public:
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isDue(Time now) const
    {
        const Duration age = now - m_learntAt;
        return age >= std::chrono::hours(1) || age < Duration(0);
    }
    /// @param told what the network says; a refusal counts as nothing to be told, any other error is asked again
    void learn(const Result<QString> &told, Time now)
    {
        if (told)
            m_text = *told;
        if (told || told.error().kind == ErrorKind::permission)
            m_learntAt = now;
    }

private:
    QString m_text;
    Time m_learntAt;
};

} // namespace Earshot
