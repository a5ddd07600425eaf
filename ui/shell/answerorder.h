// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Earshot {

/// Which of several answers to one question, asked again and again, may be shown: readings run side by side, and one
/// that was begun earlier and ends later would bring back what is over. Belongs to one thread.
class AnswerOrder final
{
public:
    /// The number of a question that is asked now.
    [[nodiscard]] quint64 ask() { return ++m_asked; }
    /// Whether the answer to this question is news; then no answer to an earlier one is any more.
    [[nodiscard]] bool take(quint64 question)
    {
        if (question <= m_answered)
            return false;
        m_answered = question;
        return true;
    }
    /// Whether an answer that may be shown is still to come.
    [[nodiscard]] bool isOpen() const { return m_answered < m_asked; }
    /// Something else is asked from now on: what is under way is no answer to it.
    void forget() { m_answered = m_asked; }

private:
    quint64 m_asked = 0;
    quint64 m_answered = 0;
};

} // namespace Earshot
