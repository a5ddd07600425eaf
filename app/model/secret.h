// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <utility>

namespace Earshot {

/// A password or token. It cannot be printed, compared or converted by accident: only `reveal()` gives it away.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray value)
        : m_value(std::move(value))
    {
    }
    [[nodiscard]] bool isEmpty() const { return m_value.isEmpty(); }
    [[nodiscard]] const QByteArray &reveal() const { return m_value; }

private:
    QByteArray m_value;
};

} // namespace Earshot
