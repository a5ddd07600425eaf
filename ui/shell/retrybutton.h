// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPointer>
#include <QPushButton>

namespace Earshot {

/// What can be done where something could not be read. Hidden until then.
class RetryButton final : public QPushButton
{
    Q_OBJECT

public:
    /// @param then has the keyboard next, where this had it
    RetryButton(const QString &name, QWidget *then, QWidget *parent);
    /// It was read, or something else is asked for.
    void done();

private:
    QPointer<QWidget> m_then;
};

} // namespace Earshot
