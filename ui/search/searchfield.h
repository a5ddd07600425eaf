// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLineEdit>

namespace Earshot {

/// The field in the top bar: searches as one types, and finds commands by name. Down goes into the answers, Escape
/// clears and leaves.
class SearchField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);

Q_SIGNALS:
    void searched(const QString &text, bool isTyping);
    void listAsked();
    /// Enter.
    void accepted();
    /// Nothing is searched for any more; who writes may go on.
    void emptied();
    /// Escape, where nothing is written any more.
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace Earshot
