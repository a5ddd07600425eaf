// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

namespace Earshot {

/// Shows somebody's text and nothing but text: no markup, no links, no loading. On one line elided, with the whole text
/// as its (plain) tooltip; or wrapped. Its context menu copies it.
class PlainLabel final : public QFrame
{
    Q_OBJECT

public:
    explicit PlainLabel(QWidget *parent = nullptr);
    explicit PlainLabel(const QString &text, QWidget *parent = nullptr);

    void setText(const QString &text);
    /// What went wrong, and what to do: shown with the sign of trouble and told to a screen reader, until another text
    /// comes. So errors look where there is no page of their own for them.
    void setTrouble(const QString &sentence);
    [[nodiscard]] bool isTrouble() const { return m_isTrouble; }
    [[nodiscard]] QString text() const { return m_text; }
    void setWrapping(bool isWrapping);
    void setBold(bool isBold);
    void setCentered(bool isCentered);
    /// Written in the palette's quieter colour.
    void setQuiet(bool isQuiet);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return m_isWrapping; }
    [[nodiscard]] int heightForWidth(int width) const override;

    /// A tooltip in which nothing is markup.
    [[nodiscard]] static QString toolTipOf(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void write(const QString &text, bool isTrouble);
    /// Without the sign.
    [[nodiscard]] QRect textArea() const;
    [[nodiscard]] int signRoom() const;

    QString m_text;
    bool m_isTrouble = false;
    bool m_isWrapping = false;
    bool m_isQuiet = false;
    bool m_isCentered = false;
};

} // namespace Earshot
