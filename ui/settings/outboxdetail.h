// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace Earshot {

class PlainLabel;

/// One's own words beside what is there now, each to be read whole and copied.
class OutboxDetail final : public QWidget
{
    Q_OBJECT

public:
    explicit OutboxDetail(QWidget *parent = nullptr);

    /// @param isWrittenOn they can be changed here
    /// @param writer who typed them; empty = oneself
    void showWords(const QString &words, bool isWrittenOn, const QString &writer = {});
    /// Stays where it was scrolled to while the text only grows.
    void showPresent(const QString &text);
    [[nodiscard]] QString words() const;

private:
    void showWhatThereIs();

    QWidget *m_own;
    QWidget *m_there;
    PlainLabel *m_title;
    QPlainTextEdit *m_words;
    QPlainTextEdit *m_present;
    QPushButton *m_copy;
};

} // namespace Earshot
